import { passwordLength } from '../../../contract/account.ts'
import type { FieldError } from '../../../contract/problems.ts'
import { AppError, invalid } from '../../errors.ts'

type Said = { code?: string; message?: string }

/** What better-auth refuses, as a problem of the contract. `sent`: the body, whose fields have better-auth's names. */
export function problemOfAuth(status: number, { code = '', message = '' }: Said, sent: Record<string, unknown>): AppError {
  const at = (names: string[], fieldCode: string, text: string) => {
    const field = names.find((name) => name in sent) ?? names[0] ?? ''
    return invalid({ field, code: fieldCode, message: text } satisfies FieldError)
  }
  switch (code) {
    case 'INVALID_EMAIL':
      return at(['newEmail', 'email'], 'invalid_format', 'must be an e-mail address')
    case 'PASSWORD_TOO_SHORT':
      return at(['newPassword', 'password'], 'too_small', `must have ${passwordLength.min} characters or more`)
    case 'PASSWORD_TOO_LONG':
      return at(['newPassword', 'password'], 'too_big', `must have ${passwordLength.max} characters or less`)
    case 'INVALID_PASSWORD':
      return at(['currentPassword', 'password'], 'wrong_password', 'is not your password')
    case 'INVALID_EMAIL_OR_PASSWORD':
      return new AppError('unauthenticated', 'The e-mail or the password is not right.')
    case 'EMAIL_NOT_VERIFIED':
      return new AppError('email_not_verified', 'Open the link that was sent to your e-mail first. A new one is on its way.')
    case 'account_disabled':
      return new AppError('account_disabled', 'This account is disabled. Ask whoever runs this Landed.')
    case 'sign_up_closed':
      return new AppError('sign_up_closed', 'No new accounts are made here. Ask whoever runs this Landed.')
    case 'INVALID_TOKEN':
    case 'TOKEN_EXPIRED':
    case 'USER_NOT_FOUND':
    case 'INVALID_USER':
      return new AppError('link_expired', 'This link was used or has expired. Ask for a new one.')
    case 'RESET_PASSWORD_DISABLED':
      return new AppError('conflict', 'No mail is set up here. Ask whoever runs this Landed for a link to set a new password.')
  }
  if (message === 'Email is the same') return at(['newEmail'], 'unchanged', 'is your e-mail already')
  if (message.startsWith("Verification email isn't enabled"))
    return new AppError(
      'conflict',
      'This e-mail was confirmed, and no mail is set up here to confirm another. Ask whoever runs this Landed.',
    )
  const field = /^\[(?:body|query)\.([\w.]+)\]/.exec(message)?.[1]
  if (field !== undefined) return invalid({ field, code: 'invalid_type', message: 'is missing or of the wrong type' })
  if (status === 401) return new AppError('unauthenticated', 'Sign in first.', { headers: { 'www-authenticate': 'Bearer realm="Landed"' } })
  if (status === 404) return new AppError('not_found', 'There is nothing at this address.')
  if (status === 405) return new AppError('method_not_allowed', 'This address does not take this method.')
  if (status >= 500)
    return new AppError('internal_error', 'Something went wrong here. Try again.', { cause: new Error(`${code} ${message}`) })
  return new AppError('validation_failed', message || 'This could not be done with what was sent.')
}
