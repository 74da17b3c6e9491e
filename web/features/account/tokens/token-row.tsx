import type { Token } from '../../../../contract/tokens.ts'
import { announce } from '../../../ui/announce.tsx'
import { InstantText } from '../../../ui/day-text.tsx'
import classes from '../account.module.css'
import { useDeleteToken } from '../api.ts'
import { ConfirmButton } from '../confirm-button.tsx'
import { isExpired, scopeWords } from './token-words.ts'

export function TokenRow({ token }: { token: Token }) {
  const remove = useDeleteToken()
  return (
    <li className={classes.row}>
      <div>
        <div className={classes.label}>{token.name}</div>
        <div className="dimmed">
          <span className={classes.secret}>{token.prefix}…</span>, {scopeWords(token.scopes)}.{' '}
          {token.last_used_at === null ? (
            'Never used'
          ) : (
            <>
              Last used <InstantText at={token.last_used_at} show="relative" />
            </>
          )}
          ,{' '}
          {token.expires_at === null ? (
            'works until it is revoked'
          ) : (
            <>
              {isExpired(token) ? 'expired' : 'expires'} <InstantText at={token.expires_at} show="relative" />
            </>
          )}
          .
        </div>
      </div>
      <ConfirmButton
        label="Revoke"
        title={`Revoke ${token.name}`}
        question={`Programs that use “${token.name}” are refused from that moment on. It cannot be brought back; you can make another.`}
        confirm="Revoke"
        onConfirm={() => remove.mutate(token.id, { onSuccess: () => announce(`${token.name} is revoked`) })}
      />
    </li>
  )
}
