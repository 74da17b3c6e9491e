import { ActionIcon, Modal, Switch } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import type { View, ViewKind } from '../../../contract/views.ts'
import { EditableText } from '../../ui/editable-text.tsx'
import { AlertHow } from './alert-how.tsx'
import { changeView, changeWithUndo, deleteView, moveView, useViewsOf } from './api.ts'
import classes from './views.module.css'

type ManageViewsProps = { kind: ViewKind; onClose: () => void }

export function ManageViews({ kind, onClose }: ManageViewsProps) {
  const views = useViewsOf(kind)
  return (
    <Modal opened onClose={onClose} title={kind === 'jobs' ? 'Views of jobs' : 'Views of applications'} size={600}>
      {views.length === 0 && <p className="dimmed">None is left.</p>}
      <ul className={classes.list}>
        {views.map((view, index) => (
          <ViewRow key={view.id} view={view} views={views} index={index} />
        ))}
      </ul>
      {kind === 'jobs' && views.length > 0 && (
        <div className={classes.how}>
          <AlertHow />
        </div>
      )}
    </Modal>
  )
}

function ViewRow({ view, views, index }: { view: View; views: View[]; index: number }) {
  const { name, kind, pinned, alert } = view
  const icon = { variant: 'subtle', color: 'gray', size: 32 } as const
  return (
    <li className={classes.row}>
      <EditableText
        quiet
        hideLabel
        required
        label={`Name of ${name}`}
        name="name"
        value={name}
        save={(next) => changeView(view.id, { name: next ?? '' })}
      />
      <span className={classes.switches}>
        <Switch
          size="sm"
          label="Pinned"
          aria-label={`${name}: pinned to the navigation`}
          checked={pinned}
          onChange={() => void changeWithUndo(view, { pinned: !pinned }, pinned ? `“${name}” is unpinned.` : `“${name}” is pinned.`)}
        />
        {kind === 'jobs' && (
          <Switch
            size="sm"
            label="Alert"
            aria-label={`${name}: tell me when a new job comes in`}
            checked={alert}
            onChange={() =>
              void changeWithUndo(view, { alert: !alert }, alert ? `“${name}” tells nothing any more.` : `“${name}” tells of new jobs.`)
            }
          />
        )}
        <ActionIcon {...icon} aria-label={`Move ${name} up`} disabled={index === 0} onClick={() => void moveView(views, view, -1)}>
          <IconArrowUp size={16} stroke={1.5} />
        </ActionIcon>
        <ActionIcon
          {...icon}
          aria-label={`Move ${name} down`}
          disabled={index === views.length - 1}
          onClick={() => void moveView(views, view, 1)}
        >
          <IconArrowDown size={16} stroke={1.5} />
        </ActionIcon>
        <ActionIcon {...icon} aria-label={`Delete ${name}`} onClick={() => void deleteView(view)}>
          <IconTrash size={16} stroke={1.5} />
        </ActionIcon>
      </span>
    </li>
  )
}
