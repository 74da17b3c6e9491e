import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { addressOf } from '../../../../client/client.ts'
import type { Me } from '../../../../contract/account.ts'
import { backups } from '../../../../contract/backups.ts'
import type { Total } from '../../../../contract/fields.ts'
import { client } from '../../../api/client.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { FormButtons } from '../../../ui/form-buttons.tsx'
import { FormProblem } from '../../../ui/problem-form.tsx'
import { fieldMessageOf } from '../../../ui/problem-text.ts'
import classes from '../account.module.css'

/** The one thing here that nothing brings back: it says what goes, offers everything as a file first, and wants to be typed. */
export function DeleteAccount({ me }: { me: Me }) {
  const [isOpen, dialog] = useDisclosure(false)
  const isLocal = me.email === null
  return (
    <section className={classes.section} aria-labelledby="leave">
      <h2 id="leave">{isLocal ? 'Start over' : 'Leave'}</h2>
      <div className={classes.card}>
        <div className={classes.row}>
          <div>
            <div className={classes.label}>{isLocal ? 'Empty this Landed' : 'Delete your account'}</div>
            <div className="dimmed">Everything in it goes, at once and for good. You can take it with you first.</div>
          </div>
          <Button variant="default" onClick={dialog.open} aria-haspopup="dialog">
            {isLocal ? 'Empty' : 'Delete'}
          </Button>
        </div>
      </div>
      <Modal opened={isOpen} onClose={dialog.close} title={isLocal ? 'Empty this Landed' : 'Delete your account'} size={480}>
        <DeleteForm me={me} onClose={dialog.close} />
      </Modal>
    </section>
  )
}

function DeleteForm({ me, onClose }: { me: Me; onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const counts = useQuery({ queryKey: ['what-goes'], queryFn: readCounts, staleTime: 0 })
  const word = me.email ?? 'delete'
  const isSure = typed.trim().toLowerCase() === word
  const submit = async () => {
    setSending(true)
    setProblem(null)
    try {
      await client.account.delete({ body: { email: me.email } })
      location.replace(me.email === null ? '/' : '/sign-in?gone')
    } catch (error) {
      setProblem(error)
      setSending(false)
    }
  }
  const fieldProblem = fieldMessageOf(problem, 'email')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isSure) void submit()
      }}
    >
      <Stack gap={16}>
        {counts.error ? (
          <ErrorState error={counts.error} retry={() => void counts.refetch()} />
        ) : (
          <Text>{counts.data ? `This goes, and nothing brings it back: ${inWords(counts.data, me)}.` : 'Counting what goes.'}</Text>
        )}
        <Group gap={8}>
          <Button component="a" href={addressOf(backups.download, {})} download variant="default">
            Everything as ZIP, first
          </Button>
        </Group>
        <TextInput
          label={me.email === null ? 'Type “delete” to go on' : `Type ${me.email} to go on`}
          type={me.email === null ? 'text' : 'email'}
          name="confirmation"
          autoComplete="off"
          value={typed}
          error={fieldProblem}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
        <FormProblem problem={fieldProblem ? null : problem} />
        <FormButtons
          submit={me.email === null ? 'Empty it' : 'Delete the account'}
          cancel="Keep it"
          onCancel={onClose}
          isSending={isSending}
          isDisabled={!isSure}
          isDangerous
        />
      </Stack>
    </form>
  )
}

type Counts = { jobs: Total; applications: Total; notifications: Total; imports: Total; tokens: Total; backups: number }

async function readCounts(): Promise<Counts> {
  const [jobs, applications, notifications, imports, tokens, kept] = await Promise.all([
    client.jobs.list({ query: { limit: 1, deleted: 'include' } }),
    client.applications.list({ query: { limit: 1, deleted: 'include' } }),
    client.notifications.list({ query: { limit: 1 } }),
    client.imports.list({ query: { limit: 1 } }),
    client.tokens.list({ query: { limit: 1 } }),
    client.backups.list({}),
  ])
  return {
    jobs: jobs.total,
    applications: applications.total,
    notifications: notifications.total,
    imports: imports.total,
    tokens: tokens.total,
    backups: kept.items.length,
  }
}

function inWords(counts: Counts, me: Me): string {
  const several = (total: Total | number, one: string, more: string) => {
    const { value, relation } = typeof total === 'number' ? { value: total, relation: 'exact' } : total
    if (value === 0) return []
    return [`${relation === 'at_least' ? 'more than ' : ''}${value.toLocaleString('en')} ${value === 1 ? one : more}`]
  }
  const parts = [
    ...several(counts.jobs, 'job', 'jobs'),
    ...several(counts.applications, 'application with its history', 'applications with their history'),
    ...several(counts.notifications, 'notification', 'notifications'),
    ...several(counts.imports, 'import', 'imports'),
    ...several(counts.backups, 'backup that is kept here', 'backups that are kept here'),
    ...several(counts.tokens, 'API token', 'API tokens'),
    'your profile and settings',
    ...(me.email === null ? [] : ['every session, on every device']),
  ]
  return parts.length === 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
