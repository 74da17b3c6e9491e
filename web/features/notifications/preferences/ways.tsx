import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Channel, Channels } from '../../../../contract/channels.ts'
import type { NotificationPreferences } from '../../../../contract/notifications.ts'
import { messageOf } from '../../../ui/problem-text.ts'
import { type SavePreferences, sendTest } from './api.ts'
import { channelWords, channels as order } from './channel-words.ts'
import { Devices } from './devices.tsx'
import { EmailAddress } from './email-address.tsx'
import classes from './preferences.module.css'
import { Section } from './section.tsx'

type WaysProps = { preferences: NotificationPreferences; channels: Channels; save: SavePreferences }

/** Where it goes, whether that works, and a way to try it. */
export function Ways({ preferences, channels, save }: WaysProps) {
  return (
    <Section title="Where it goes">
      <ul className={classes.ways}>
        {order.map((channel) => (
          <Way key={channel} channel={channel} channels={channels}>
            {channel === 'email' && <EmailAddress address={preferences.email_address} state={channels.email} />}
            {channel === 'push' && <Devices isOn={preferences.channels.push} state={channels.push} save={save} />}
          </Way>
        ))}
      </ul>
    </Section>
  )
}

type WayProps = { channel: Channel; channels: Channels; children: React.ReactNode }

function Way({ channel, channels, children }: WayProps) {
  const { label, icon: Icon } = channelWords[channel]
  const { is_available, reason, goes_to, is_broken, last_error } = channels[channel]
  const [state, setState] = useState<'idle' | 'sending' | { isSent: boolean; said: string }>('idle')
  const test = async () => {
    setState('sending')
    setState(await sendTest(channel).catch((error: unknown) => ({ isSent: false, said: messageOf(error) })))
  }
  return (
    <li className={classes.way}>
      <Icon size={18} stroke={1.5} aria-hidden className={classes.wayIcon} />
      <div className={classes.wayWords}>
        <div className={classes.wayHead}>
          <span>
            <b>{label}</b> <span className="dimmed">{channel === 'in_app' ? 'your inbox and the bell' : is_available ? goes_to : ''}</span>
          </span>
          {is_available && (
            <Button
              size="compact-xs"
              variant="default"
              loading={state === 'sending'}
              aria-label={`Send a test ${channelWords[channel].by}`}
              onClick={() => void test()}
            >
              Send a test
            </Button>
          )}
        </div>
        {!is_available && reason && <p className={classes.reason}>{reason}</p>}
        {is_available && is_broken && last_error && <p className={classes.broken}>The last one was refused: {last_error}</p>}
        {children}
        <output className={classes.result} data-failed={(typeof state === 'object' && !state.isSent) || undefined}>
          {typeof state === 'object' && state.said}
        </output>
      </div>
    </li>
  )
}
