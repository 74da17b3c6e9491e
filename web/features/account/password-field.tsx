import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { type ChangeEvent, useState } from 'react'
import { passwordLength } from '../../../contract/account.ts'
import { strengthOf } from './password-strength.ts'

type PasswordFieldProps = Omit<PasswordInputProps, 'onChange'> & {
  /** What others know, which makes a bad part of a password. */
  known?: string[]
  onChange?: (event: ChangeEvent<HTMLInputElement>) => void
}

/** A password to be chosen: says in words how hard it is to guess, and leaves the choosing to a password manager where there is one. */
export function PasswordField({ known = [], onChange, ...props }: PasswordFieldProps) {
  const [typed, setTyped] = useState('')
  const { word, advice } = strengthOf(typed, known)
  return (
    <PasswordInput
      name="new-password"
      autoComplete="new-password"
      minLength={passwordLength.min}
      maxLength={passwordLength.max}
      required
      description={
        <span aria-live="polite">
          {typed === '' ? `${passwordLength.min} characters or more` : advice === '' ? word : `${word}: ${advice}`}
        </span>
      }
      {...props}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange?.(event)
      }}
    />
  )
}

/** The one that is in force. */
export const PresentPasswordField = (props: PasswordInputProps) => (
  <PasswordInput label="Password" name="password" autoComplete="current-password" required {...props} />
)
