import { Button, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Me } from '../../../../contract/account.ts'
import { announce } from '../../../ui/announce.tsx'
import { FormProblem, useProblemForm } from '../../../ui/problem-form.tsx'
import { meKey, meQuery, signInOptionsQuery } from '../api.ts'
import { askAuth } from '../auth.ts'
import { EmailField } from '../email-field.tsx'
import { PresentPasswordField } from '../password-field.tsx'
import { Unfolding } from './unfolding.tsx'

export function ChangeEmail({ me }: { me: Me }) {
  const [isOpen, setOpen] = useState(false)
  const [told, setTold] = useState<string | null>(null)
  const { data: options } = useQuery(signInOptionsQuery)
  const isConfirmed = me.email_verified ? 'confirmed' : 'not confirmed, since no mail is set up here'
  return (
    <Unfolding
      label="E-mail"
      now={`${me.email}, ${isConfirmed}`}
      button="Change"
      isOpen={isOpen}
      onToggle={() => {
        setOpen(!isOpen)
        setTold(null)
      }}
    >
      {!me.has_password ? (
        <Text>You sign in with {options?.provider ?? 'another service'}. Your e-mail here stays the one you joined with.</Text>
      ) : told === null ? (
        <EmailForm me={me} isMailed={options?.mail ?? false} onDone={setTold} />
      ) : (
        <Text role="status">{told}</Text>
      )}
    </Unfolding>
  )
}

type EmailFormProps = { me: Me; isMailed: boolean; onDone: (told: string) => void }

function EmailForm({ me, isMailed, onDone }: EmailFormProps) {
  const caches = useQueryClient()
  const { form, onSubmit, problem, isSending } = useProblemForm({
    initialValues: { newEmail: '', password: '' },
    submit: async ({ newEmail, password }) => {
      const email = newEmail.trim().toLowerCase()
      await askAuth('/change-email', { newEmail: email, password }, { signedIn: true })
      await caches.invalidateQueries({ queryKey: meKey })
      const told = isMailed
        ? `A link is on its way to ${email}. Open it, and that is your e-mail; until then it stays ${me.email}.`
        : (await caches.ensureQueryData(meQuery)).email === email
          ? `Your e-mail is ${email} now. You sign in with it.`
          : `Your e-mail stays ${me.email}: ${email} cannot be used here.`
      announce(told)
      onDone(told)
    },
  })
  return (
    <form onSubmit={onSubmit}>
      <Stack gap={12} maw={400}>
        <EmailField label="New e-mail" autoComplete="email" autoFocus key={form.key('newEmail')} {...form.getInputProps('newEmail')} />
        <PresentPasswordField label="Your password" key={form.key('password')} {...form.getInputProps('password')} />
        <FormProblem problem={problem} />
        <Button type="submit" loading={isSending} style={{ alignSelf: 'flex-start' }}>
          Change the e-mail
        </Button>
      </Stack>
    </form>
  )
}
