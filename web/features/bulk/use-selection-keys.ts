import { useKeys } from '../../ui/keys.ts'
import { selectAll, shareOf } from './selection.ts'
import type { SelectionStore } from './use-selection.ts'

type SelectionKeys = {
  scope: string
  selection: SelectionStore
  cursor: { current: string | null; move: (step: number) => string | undefined }
}

/** `x` selects the row under the cursor; with shift, the keys that move it take what they pass along. */
export function useSelectionKeys({ scope, selection, cursor }: SelectionKeys) {
  const walk = (step: number) => () => {
    const to = cursor.move(step)
    if (to !== undefined) selection.walk(cursor.current, to)
  }
  const withCurrent = (act: (id: string) => void) => () => {
    const id = cursor.current ?? cursor.move(1)
    if (id !== undefined) act(id)
  }
  useKeys(scope, [
    { keys: 'x', label: 'Select the row, or not', run: withCurrent(selection.toggle) },
    { keys: 'shift+x', label: 'Select up to this row', run: withCurrent(selection.extend) },
    { keys: 'shift+j', label: 'Select the next row as well', run: walk(1) },
    { keys: 'shift+k', label: 'Select the row before as well', run: walk(-1) },
    { keys: 'shift+ArrowDown', label: 'Select the next row as well', run: walk(1), hidden: true },
    { keys: 'shift+ArrowUp', label: 'Select the row before as well', run: walk(-1), hidden: true },
    {
      keys: 'mod+a',
      label: 'Select all that is loaded; once more: all that match',
      run: () => {
        if (shareOf(selection.get(), selection.order()) === 'all') selection.change(selectAll(selection.get()))
        else selection.toggleLoaded()
      },
    },
  ])
}
