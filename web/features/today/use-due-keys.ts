import { useKeys } from '../../ui/keys.ts'
import type { Due, DueAction } from './due.ts'

const links = () => [...document.querySelectorAll<HTMLElement>('[data-due-link]')]
const focusedKey = () => document.activeElement?.closest<HTMLElement>('[data-due]')?.dataset['due']

/** `j` and `k` walk the rows; a letter does what the button with that letter does, to the row with the focus, else the first. */
export function useDueKeys(dues: Due[], onAct: (due: Due, action: DueAction) => void) {
  const move = (step: number) => {
    const all = links()
    const at = all.findIndex((link) => link.closest<HTMLElement>('[data-due]')?.dataset['due'] === focusedKey())
    all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]?.focus()
  }
  const act = (key: string) => {
    const focused = focusedKey()
    const due = focused ? dues.find((one) => one.key === focused) : dues.find((one) => one.actions.some((action) => action.key === key))
    const action = due?.actions.find((one) => one.key === key)
    if (!due || !action) return
    // The row goes; the focus stays where the eye is.
    move(1)
    onAct(due, action)
  }
  useKeys('Today', [
    { keys: 'j', label: 'Next', run: () => move(1) },
    { keys: 'k', label: 'Previous', run: () => move(-1) },
    { keys: 'ArrowDown', label: 'Next', run: () => move(1), hidden: true },
    { keys: 'ArrowUp', label: 'Previous', run: () => move(-1), hidden: true },
    { keys: 'l', label: 'Log it as done', run: () => act('l') },
    { keys: 'z', label: 'Put it off by 3 days', run: () => act('z') },
    { keys: 'x', label: 'Stop reminding', run: () => act('x') },
  ])
}
