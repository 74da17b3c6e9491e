import { Button } from '@mantine/core'
import type { Invite } from '../../../../contract/admin.ts'
import { announce } from '../../../ui/announce.tsx'
import { InstantText } from '../../../ui/day-text.tsx'
import classes from '../account.module.css'
import { useDeleteInvite } from '../api.ts'
import { ConfirmButton } from '../confirm-button.tsx'

export function InviteRow({ invite }: { invite: Invite }) {
  const remove = useDeleteInvite()
  const who = invite.email ?? 'Whoever has the link'
  const isOver = invite.used_at !== null || Date.parse(invite.expires_at) <= Date.now()
  return (
    <li className={classes.row}>
      <div>
        <div className={classes.label}>{who}</div>
        <div className="dimmed">
          {invite.sent ? 'Mailed' : 'Made, not mailed,'} <InstantText at={invite.created_at} />
          {invite.used_at !== null ? (
            <>
              . Used <InstantText at={invite.used_at} show="relative" />.
            </>
          ) : (
            <>
              . {isOver ? 'Expired' : 'Expires'} <InstantText at={invite.expires_at} show="relative" />.
            </>
          )}
        </div>
      </div>
      {isOver ? (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => remove.mutate(invite.id)}
          aria-label={`Take the invitation of ${who} off the list`}
        >
          Off the list
        </Button>
      ) : (
        <ConfirmButton
          label="Revoke"
          title={`Revoke the invitation of ${who}`}
          question="Its link stops working at once, and cannot be brought back. You can make another."
          confirm="Revoke"
          onConfirm={() => remove.mutate(invite.id, { onSuccess: () => announce('The invitation is revoked') })}
        />
      )}
    </li>
  )
}
