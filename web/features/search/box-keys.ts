import type { RefObject } from 'react'
import type { KeyBinding } from '../../ui/keys.ts'

/** To the box from anywhere by `/`, and by Escape from the results: what else Escape closes, it only closes. */
export const boxKeys = (label: string, box: RefObject<HTMLInputElement | null>): KeyBinding[] => [
  { keys: '/', label, run: () => box.current?.select() },
  {
    keys: 'Escape',
    label: 'Back to the search',
    run: ({ target }) => {
      if (target === document.body || (target instanceof Element && target.closest('[data-id], [data-card]'))) box.current?.select()
    },
  },
]
