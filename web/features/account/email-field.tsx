import { TextInput, type TextInputProps } from '@mantine/core'

/** Whose account it is, as password managers know it. */
export const EmailField = (props: TextInputProps) => (
  <TextInput label="E-mail" type="email" name="email" autoComplete="username" required {...props} />
)
