import { Button, Group, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CreatedInvite } from '../../../../contract/admin.ts'
import { client } from '../../../api/client.ts'
import { useInfiniteList } from '../../../api/infinite-list.ts'
import { FormProblem, useProblemForm } from '../../../ui/problem-form.tsx'
import classes from '../account.module.css'
import { inviteKeys, signInOptionsQuery, useCreateInvite } from '../api.ts'
import { CopyOnce } from '../copy-once.tsx'
import { Listed } from '../listed.tsx'
import { InviteRow } from './invite-row.tsx'

export function Invites() {
  const [made, setMade] = useState<CreatedInvite | null>(null)
  const list = useInfiniteList({
    key: inviteKeys.list({}),
    fetch: (cursor, signal) => client.admin.listInvites({ query: { ...(cursor ? { cursor } : {}) }, signal }),
  })
  return (
    <section className={classes.section} aria-labelledby="invitations">
      <h2 id="invitations">Invitations</h2>
      <p className={classes.note}>A link with which one account can be made, within seven days.</p>
      <InviteForm onMade={setMade} />
      {made && (
        <CopyOnce title={titleOf(made)} label="Link" secret={made.url} onDone={() => setMade(null)}>
          {whatNext(made)}
        </CopyOnce>
      )}
      <Listed list={list} label="Invitations" rows={2}>
        {(invite) => <InviteRow key={invite.id} invite={invite} />}
      </Listed>
    </section>
  )
}

const titleOf = ({ email, sent }: CreatedInvite) =>
  sent ? `Mailed to ${email}` : `The invitation is made${email ? `, but not mailed` : ''}`

const whatNext = ({ email, sent }: CreatedInvite) =>
  sent
    ? 'The link is in the mail. You can also hand it over yourself; it is shown this once.'
    : `Hand this link over yourself; it is shown this once. ${email ? `Only ${email} can use it.` : 'Whoever has it can use it.'}`

function InviteForm({ onMade }: { onMade: (invite: CreatedInvite) => void }) {
  const { data: options } = useQuery(signInOptionsQuery)
  const create = useCreateInvite()
  const { form, onSubmit, problem, isSending } = useProblemForm({
    initialValues: { email: '' },
    submit: async ({ email }) => {
      onMade(await create.mutateAsync({ email: email.trim() === '' ? null : email.trim() }))
      form.reset()
    },
  })
  return (
    <form onSubmit={onSubmit} noValidate style={{ marginTop: 8 }}>
      <Group gap={8} align="flex-end">
        <TextInput
          label="E-mail"
          description={
            options?.mail ? 'The link is mailed there. Empty: you hand it over.' : 'Who alone may use it. Empty: whoever has the link.'
          }
          type="email"
          name="invited"
          autoComplete="off"
          flex="1 1 240px"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <Button type="submit" loading={isSending}>
          Invite
        </Button>
      </Group>
      <Text component="div" mt={8}>
        <FormProblem problem={problem} />
      </Text>
    </form>
  )
}
