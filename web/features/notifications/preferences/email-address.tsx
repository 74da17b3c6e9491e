import type { ChannelState } from '../../../../contract/channels.ts'
import { EditableText } from '../../../ui/editable-text.tsx'
import { useChangePreferences } from './api.ts'

type EmailAddressProps = { address: string | null; state: ChannelState }

/** Where nobody signs in, nobody has told it yet. With accounts it is the account's, and cannot be another. */
export function EmailAddress({ address, state }: EmailAddressProps) {
  const { trySave } = useChangePreferences()
  if (state.problem !== 'no_address' && address === null) return null
  return (
    <EditableText
      label="Address for e-mail"
      hideLabel
      name="email_address"
      type="email"
      autoComplete="email"
      placeholder="Your address"
      value={address}
      save={(email_address) =>
        trySave(
          email_address === null ? 'E-mail goes nowhere now.' : `E-mail goes to ${email_address}.`,
          (present) => ({ ...present, email_address }),
          (present) => ({ ...present, email_address: address }),
        )
      }
    />
  )
}
