import { Button, CloseButton } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChannelState, PushSubscription } from '../../../../contract/channels.ts'
import { client } from '../../../api/client.ts'
import { unsubscribeHere } from '../../../api/own-push.ts'
import { InstantText } from '../../../ui/day-text.tsx'
import { notifyProblem } from '../../../ui/notify.tsx'
import { messageOf } from '../../../ui/problem-text.ts'
import { notificationKeys } from '../api.ts'
import { devicesQuery, type SavePreferences } from './api.ts'
import { withChannel } from './channel-words.ts'
import classes from './preferences.module.css'
import { findOwnEndpoint, pushSupport, subscribeHere, whyNotHere } from './push-device.ts'

type DevicesProps = { isOn: boolean; state: ChannelState; save: SavePreferences }

/** The browsers that push goes to, this one among them if it is wanted: nothing asks for permission before. */
export function Devices({ isOn, state, save }: DevicesProps) {
  const caches = useQueryClient()
  const { data: devices } = useQuery(devicesQuery)
  const { data: own } = useQuery({ queryKey: [...devicesQuery.queryKey, 'own'], queryFn: findOwnEndpoint })
  const [isAsking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const support = pushSupport()
  const items = devices?.items ?? []
  const isHere = own !== null && own !== undefined && items.some(({ endpoint }) => endpoint === own)
  const readAnew = () => caches.invalidateQueries({ queryKey: notificationKeys.all })

  const turnOn = async () => {
    setAsking(true)
    setProblem(null)
    try {
      await subscribeHere()
      if (!isOn) save('Push is on.', withChannel('push', true), withChannel('push', false))
      await readAnew()
    } catch (error) {
      setProblem(messageOf(error))
    } finally {
      setAsking(false)
    }
  }
  const remove = async ({ id, endpoint }: PushSubscription) => {
    try {
      if (endpoint === own) await unsubscribeHere()
      await client.notifications.deletePushSubscription({ params: { id } })
    } catch (error) {
      notifyProblem('The browser was not removed', error)
    } finally {
      await readAnew()
    }
  }
  return (
    <>
      {items.length > 0 && (
        <ul className={classes.devices}>
          {items.map((device) => (
            <li key={device.id} className={classes.device}>
              <span>
                {device.device}
                {device.endpoint === own && ', this one'}{' '}
                <span className="dimmed">
                  since <InstantText at={device.created_at} show="relative" />
                </span>
              </span>
              <CloseButton size="sm" aria-label={`Send no more push to ${device.device}`} onClick={() => void remove(device)} />
            </li>
          ))}
        </ul>
      )}
      {!isHere && state.problem !== 'not_set_up' && (
        <div className={classes.here}>
          {support === 'possible' ? (
            <Button size="compact-xs" variant="default" loading={isAsking} onClick={() => void turnOn()}>
              Turn on in this browser
            </Button>
          ) : (
            <p className={classes.reason}>{whyNotHere[support]}</p>
          )}
        </div>
      )}
      {problem && (
        <p role="alert" className={classes.broken}>
          {problem}
        </p>
      )}
    </>
  )
}
