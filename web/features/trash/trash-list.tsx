import { Button } from '@mantine/core'
import { IconBriefcase, IconLayoutKanban } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { InstantText } from '../../ui/day-text.tsx'
import { useListCursor } from '../../ui/list-cursor.ts'
import { SelectBox, SelectLoaded } from '../bulk/select-box.tsx'
import { useSelection } from '../bulk/use-selection.ts'
import { useSelectionKeys } from '../bulk/use-selection-keys.ts'
import { type Trashed, useTrash } from './api.ts'
import { DeleteForGood } from './delete-for-good.tsx'
import classes from './trash.module.css'
import { TrashBar } from './trash-bar.tsx'

type TrashListProps = { items: Trashed[]; hidden: number }

export function TrashList({ items, hidden }: TrashListProps) {
  const { restore, deleteForGood } = useTrash()
  const [doomed, setDoomed] = useState<Trashed | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const ids = useMemo(() => items.map((item) => item.id), [items])
  const itemOf = (id: string) => items.find((item) => item.id === id)

  const restoreOne = (id: string) => {
    const item = itemOf(id)
    const next = ids[ids.indexOf(id) + 1] ?? ids[ids.indexOf(id) - 1]
    if (next) focusRow(next)
    if (item) void restore(item)
  }
  const focusRow = (id: string) => {
    cursor.setCurrent(id)
    list.current?.querySelector<HTMLElement>(`[data-id="${id}"] button`)?.focus()
  }
  const cursor = useListCursor({
    scope: 'Trash',
    ids,
    onOpen: restoreOne,
    onMove: (_index, id) => focusRow(id),
    actions: [
      { keys: 'r', label: 'Restore', run: restoreOne },
      { keys: 'Delete', label: 'Delete for good', run: (id) => setDoomed(itemOf(id) ?? null) },
      { keys: 'Backspace', label: 'Delete for good', hidden: true, run: (id) => setDoomed(itemOf(id) ?? null) },
    ],
  })

  const selection = useSelection({ ids, filter: '', list: '', isStale: false })
  useSelectionKeys({ scope: 'Trash', selection, cursor })

  return (
    <>
      <div className={classes.head}>
        <span className={classes.select}>
          <SelectLoaded selection={selection} ids={ids} />
        </span>
        <span aria-hidden>Select all</span>
      </div>
      <ul ref={list} className={classes.list} aria-label="In the trash">
        {items.map((item) => (
          <li key={item.id} data-id={item.id} data-current={item.id === cursor.current || undefined} className={classes.item}>
            <span className={classes.select}>
              <SelectBox selection={selection} id={item.id} name={`${item.title}, ${item.company}`} onPoint={cursor.setCurrent} />
            </span>
            <TrashRow item={item} onRestore={() => restoreOne(item.id)} onDelete={() => setDoomed(item)} />
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className="dimmed">{hidden} older ones show up as these go.</p>}
      {doomed && (
        <DeleteForGood
          onClose={() => setDoomed(null)}
          onDelete={async () => {
            await deleteForGood(doomed)
            setDoomed(null)
          }}
        >
          {doomed.title} at {doomed.company} goes
          {doomed.kind === 'job' ? ', its applications and their history with it' : ', and its history with it'}. Only a backup could bring
          it back.
        </DeleteForGood>
      )}
      <TrashBar items={items} ids={ids} total={items.length + hidden} selection={selection} />
    </>
  )
}

type TrashRowProps = { item: Trashed; onRestore: () => void; onDelete: () => void }

function TrashRow({ item, onRestore, onDelete }: TrashRowProps) {
  const Icon = item.kind === 'job' ? IconBriefcase : IconLayoutKanban
  const name = `${item.title}, ${item.company}`
  const what = item.kind === 'application' ? 'Application' : item.withIt === 0 ? 'Job' : 'Job with its application'
  return (
    <>
      <Icon size={18} stroke={1.5} className={classes.icon} aria-hidden />
      <span className={classes.words}>
        <span className={classes.name}>{name}</span>
        <span className={classes.rest}>
          {what}, deleted <InstantText at={item.deletedAt} show="relative" />
        </span>
      </span>
      <Button variant="default" size="xs" onClick={onRestore} aria-label={`Restore ${name}`}>
        Restore
      </Button>
      <Button variant="subtle" color="red" size="xs" onClick={onDelete} aria-label={`Delete ${name} for good`}>
        Delete for good
      </Button>
    </>
  )
}
