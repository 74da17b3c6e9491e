import { ActionIcon, Badge, Menu } from '@mantine/core'
import { IconAlertCircle, IconCheck, IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { addressOf } from '../../../client/client.ts'
import { type Backup, backups } from '../../../contract/backups.ts'
import { announce } from '../../ui/announce.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { notifyProblem } from '../../ui/notify.tsx'
import { useDeleteBackup, useVerifyBackup } from './api.ts'
import { countsText, reasonWords, sizeText } from './backup-words.ts'
import classes from './backups.module.css'

export function BackupRow({ backup }: { backup: Backup }) {
  const verify = useVerifyBackup()
  const remove = useDeleteBackup()
  const check = () =>
    verify.mutate(backup.name, {
      onSuccess: ({ ok, problem }) => announce(ok ? 'Verified: it restores to the same records.' : `It is damaged: ${problem}`),
      onError: (error) => notifyProblem('The backup could not be verified', error),
    })
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <strong>
          <InstantText at={backup.created_at} />
        </strong>
        <span className="dimmed">
          {reasonWords[backup.reason]} · {backup.counts ? `${countsText(backup.counts)} · ` : ''}
          {sizeText(backup.bytes)}
        </span>
        {backup.problem && <span className={classes.problem}>{backup.problem}</span>}
      </div>
      <Proof backup={backup} isChecking={verify.isPending} />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label="What to do with this backup">
            <IconDots size={18} stroke={1.5} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={addressOf(backups.get, { params: { name: backup.name } })} download>
            Download
          </Menu.Item>
          <Menu.Item onClick={check}>Verify</Menu.Item>
          <Menu.Item renderRoot={(props) => <Link to="/data/restore" search={{ backup: backup.name }} {...props} />}>Restore</Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            onClick={() => remove.mutate(backup.name, { onError: (error) => notifyProblem('The backup was not deleted', error) })}
          >
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}

function Proof({ backup, isChecking }: { backup: Backup; isChecking: boolean }) {
  if (isChecking) return <span className="dimmed">Verifying</span>
  if (backup.problem)
    return (
      <Badge color="red" variant="light" tt="none" leftSection={<IconAlertCircle size={14} aria-hidden />}>
        Damaged
      </Badge>
    )
  if (backup.verified_at)
    return (
      <Badge variant="light" tt="none" leftSection={<IconCheck size={14} aria-hidden />}>
        Verified
      </Badge>
    )
  return <span className="dimmed">Not verified</span>
}
