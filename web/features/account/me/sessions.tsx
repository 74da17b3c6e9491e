import { Badge, Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { announce } from '../../../ui/announce.tsx'
import { InstantText } from '../../../ui/day-text.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { FormProblem } from '../../../ui/problem-form.tsx'
import { SkeletonRows } from '../../../ui/skeleton-rows.tsx'
import classes from '../account.module.css'
import { type Session, sessionsQuery, useEndSessions } from '../api.ts'
import { deviceInWords, placeInWords } from '../device.ts'

/** Where this account is signed in, and how to end that. */
export function Sessions() {
  const { data: sessions, error, refetch } = useQuery(sessionsQuery)
  const end = useEndSessions()
  const [told, setTold] = useState<string | null>(null)
  const others = sessions?.filter((one) => !one.isThisOne) ?? []
  const sayThat = (text: string) => {
    setTold(text)
    announce(text)
  }
  const endAll = () =>
    end.mutate('others', {
      onSuccess: () => sayThat(`Signed out on ${others.length === 1 ? 'the other device' : `${others.length} other devices`}.`),
    })
  return (
    <section className={classes.section} aria-labelledby="sessions">
      <Group justify="space-between" align="flex-end">
        <div>
          <h2 id="sessions">Where you are signed in</h2>
          <p className={classes.note}>Each lasts 30 days. One you do not know: sign it out, and change your password.</p>
        </div>
        {others.length > 1 && (
          <Button variant="default" onClick={endAll} loading={end.isPending && end.variables === 'others'}>
            Sign out everywhere else
          </Button>
        )}
      </Group>
      {told && <Text mt={8}>{told}</Text>}
      <FormProblem problem={end.error} />
      {sessions ? (
        <ul className={classes.card}>
          {sessions.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              isEnding={end.isPending && end.variables !== 'others' && end.variables.id === session.id}
              onEnd={() => end.mutate(session, { onSuccess: () => sayThat(`${deviceInWords(session.userAgent)} is signed out.`) })}
            />
          ))}
        </ul>
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={2} height={56} />
      )}
    </section>
  )
}

function SessionRow({ session, isEnding, onEnd }: { session: Session; isEnding: boolean; onEnd: () => void }) {
  const device = deviceInWords(session.userAgent)
  return (
    <li className={classes.row}>
      <div>
        <Group gap={8}>
          <span className={classes.label}>{device}</span>
          {session.isThisOne && (
            <Badge variant="light" tt="none">
              This one
            </Badge>
          )}
        </Group>
        <div className="dimmed">
          Last seen <InstantText at={session.updatedAt} show="relative" />, {placeInWords(session.ipAddress)}. Signed in{' '}
          <InstantText at={session.createdAt} />.
        </div>
      </div>
      {!session.isThisOne && (
        <Button variant="default" onClick={onEnd} loading={isEnding} aria-label={`Sign out ${device}`}>
          Sign out
        </Button>
      )}
    </li>
  )
}
