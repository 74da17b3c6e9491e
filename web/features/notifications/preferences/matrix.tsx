import { Checkbox, Switch, Tooltip } from '@mantine/core'
import { Fragment } from 'react'
import type { Channel, Channels } from '../../../../contract/channels.ts'
import type { NotificationPreferences } from '../../../../contract/notifications.ts'
import { type ChosenType, typeGroups, typeWords } from '../type-words.ts'
import type { SavePreferences } from './api.ts'
import { channelWords, channels as order, withChannel } from './channel-words.ts'
import classes from './preferences.module.css'

type MatrixProps = { preferences: NotificationPreferences; channels: Channels; save: SavePreferences }

/** Each event by each way, on one screen. A way that is off keeps its choices, greyed. */
export function Matrix({ preferences, channels, save }: MatrixProps) {
  return (
    <div className={classes.scroller}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">You are told of</th>
            {order.map((channel) => (
              <th key={channel} scope="col" data-off={!preferences.channels[channel] || undefined}>
                <ChannelHead channel={channel} preferences={preferences} channels={channels} save={save} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {typeGroups.map(({ title, types }) => (
            <Fragment key={title}>
              <tr className={classes.groupRow}>
                <th colSpan={4} scope="colgroup">
                  {title}
                </th>
              </tr>
              {types.map(({ type, example }) => (
                <tr key={type}>
                  <th scope="row">
                    <span className={classes.event}>{typeWords[type].label}</span>
                    <span className={classes.example}>{example}</span>
                  </th>
                  {order.map((channel) => (
                    <td key={channel}>
                      <Cell type={type} channel={channel} preferences={preferences} save={save} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ChannelHead({ channel, preferences, channels, save }: MatrixProps & { channel: Channel }) {
  const { label } = channelWords[channel]
  const isOn = preferences.channels[channel]
  const { is_available, reason } = channels[channel]
  return (
    <Tooltip label={reason} disabled={is_available || reason === null} multiline maw={320}>
      <span className={classes.channelHead}>
        <span aria-hidden>{label}</span>
        <Switch
          size="xs"
          aria-label={`${label}: everything`}
          checked={isOn}
          onChange={() => save(`${label} is ${isOn ? 'off' : 'on'}.`, withChannel(channel, !isOn), withChannel(channel, isOn))}
        />
      </span>
    </Tooltip>
  )
}

type CellProps = { type: ChosenType; channel: Channel; preferences: NotificationPreferences; save: SavePreferences }

function Cell({ type, channel, preferences, save }: CellProps) {
  const isOn = preferences.types[type][channel]
  const { label } = typeWords[type]
  const { by } = channelWords[channel]
  const set = (on: boolean) => (present: NotificationPreferences) => ({
    ...present,
    types: { ...present.types, [type]: { ...present.types[type], [channel]: on } },
  })
  return (
    <Checkbox
      classNames={{ root: classes.cell, body: classes.cellBody, input: classes.cellInput }}
      aria-label={`${label}, ${by}`}
      checked={isOn}
      disabled={!preferences.channels[channel]}
      onChange={() => save(`${label}, ${by}: ${isOn ? 'off' : 'on'}.`, set(!isOn), set(isOn))}
    />
  )
}
