import { IconDeviceMobile, IconInbox, IconMail, type TablerIcon } from '@tabler/icons-react'
import type { Channel } from '../../../../contract/channels.ts'
import type { Change } from './api.ts'

export const channels: Channel[] = ['in_app', 'email', 'push']

type ChannelWords = { label: string; by: string; icon: TablerIcon }
export const channelWords: Record<Channel, ChannelWords> = {
  in_app: { label: 'In Landed', by: 'in Landed', icon: IconInbox },
  email: { label: 'E-mail', by: 'by e-mail', icon: IconMail },
  push: { label: 'Push', by: 'by push', icon: IconDeviceMobile },
}

export const withChannel =
  (channel: Channel, on: boolean): Change =>
  (present) => ({ ...present, channels: { ...present.channels, [channel]: on } })
