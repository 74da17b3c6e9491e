import { Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBookmark, IconCheck, IconChevronDown, IconPin } from '@tabler/icons-react'
import { notifyProblem } from '../../ui/notify.tsx'
import { stringifySearch } from '../../ui/search-params.ts'
import { useIsPhone } from '../../ui/use-is-phone.ts'
import { useViewsOf } from './api.ts'
import { ManageViews } from './manage-views.tsx'
import { SaveView } from './save-view.tsx'
import { starters } from './starters.ts'
import { type Present, useSavedView } from './use-saved-view.ts'
import classes from './views.module.css'

type ViewsMenuProps = { present: Present; onReset: () => void }

/** Lists kept under a name: to open one, to keep this one, to put them in order. */
export function ViewsMenu({ present, onReset }: ViewsMenuProps) {
  const { kind } = present
  const isPhone = useIsPhone()
  const views = useViewsOf(kind)
  const { view, isChanged, open, go, update } = useSavedView(present)
  const [isSaving, saving] = useDisclosure(false)
  const [isManaging, managing] = useDisclosure(false)
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button
            variant="default"
            fw={400}
            px={isPhone ? 10 : 12}
            leftSection={isPhone ? undefined : <IconBookmark size={16} stroke={1.5} />}
            rightSection={<IconChevronDown size={14} />}
            aria-label={view ? `Views. Open: ${view.name}${isChanged ? ', changed' : ''}` : 'Views'}
          >
            {isPhone ? <IconBookmark size={18} stroke={1.5} aria-hidden /> : 'Views'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {view && isChanged && (
            <>
              <Menu.Label>“{view.name}” is changed</Menu.Label>
              <Menu.Item onClick={() => void update(view).catch((error: unknown) => notifyProblem('The view was not updated', error))}>
                Update the view
              </Menu.Item>
              <Menu.Item
                onClick={() => {
                  onReset()
                  void open(view)
                }}
              >
                Back to how it was saved
              </Menu.Item>
              <Menu.Divider />
            </>
          )}
          {views.length > 0 ? (
            <>
              <Menu.Label>Your views</Menu.Label>
              {views.map((one) => (
                <Menu.Item
                  key={one.id}
                  onClick={() => void open(one)}
                  leftSection={one.id === view?.id ? <IconCheck size={16} aria-label="Open" /> : <span className={classes.room} />}
                  rightSection={one.pinned && <IconPin size={14} stroke={1.5} aria-label="Pinned" />}
                >
                  {one.name}
                </Menu.Item>
              ))}
            </>
          ) : (
            <>
              <Menu.Label>To begin with. Open one, change it, keep it.</Menu.Label>
              {starters[kind].map(({ name, query, sort }) => (
                <Menu.Item key={name} onClick={() => void go(`/${kind}${stringifySearch({ ...query, sort })}`)}>
                  {name}
                </Menu.Item>
              ))}
            </>
          )}
          <Menu.Divider />
          <Menu.Item onClick={saving.open}>Save this as a view</Menu.Item>
          {views.length > 0 && <Menu.Item onClick={managing.open}>Rename, order, pin, delete</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {isSaving && <SaveView present={present} onClose={saving.close} onSaved={(saved) => void open(saved)} />}
      {isManaging && <ManageViews kind={kind} onClose={managing.close} />}
    </>
  )
}
