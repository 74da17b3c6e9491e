import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'

/** The ways that a notification goes, and how it went. */

export const Channel = z.enum(['in_app', 'email', 'push']).meta({ id: 'NotificationChannel' })
export type Channel = z.output<typeof Channel>

export const ChannelProblem = z.enum(['not_set_up', 'no_address', 'address_not_confirmed', 'no_subscription'])
export type ChannelProblem = z.output<typeof ChannelProblem>

export const ChannelState = z
  .strictObject({
    is_available: z.boolean().meta({ description: 'Something can be sent there now, if it is wanted' }),
    problem: ChannelProblem.nullable().meta({ description: 'What is missing, if something is', examples: [null] }),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'The same for people', examples: [null] }),
    goes_to: z
      .string()
      .nullable()
      .meta({ description: 'The address, or how many browsers', examples: ['ana@example.com'] }),
    is_broken: z.boolean().meta({ description: 'The last thing that was sent there was refused for good; `last_error` says why' }),
    last_sent_at: f.Instant.nullable(),
    last_failed_at: f.Instant.nullable().meta({ description: 'When something was given up the last time', examples: [null] }),
    last_error: z
      .string()
      .nullable()
      .meta({ description: 'Why it was given up, or why what waits was not taken yet', examples: [null] }),
    waiting: z.int().meta({ description: 'How many wait: for the end of quiet hours, or for the next attempt', examples: [0] }),
  })
  .meta({ id: 'NotificationChannelState' })
export type ChannelState = z.output<typeof ChannelState>

export const Channels = z
  .strictObject({
    in_app: ChannelState,
    email: ChannelState,
    push: ChannelState,
    quiet_until: f.Instant.nullable().meta({ description: 'The end of your quiet hours, while they are', examples: [null] }),
    next_digest_at: f.Instant.nullable().meta({ description: 'When the next digest is made; null: you want none' }),
  })
  .meta({ id: 'NotificationChannels' })
export type Channels = z.output<typeof Channels>

// --- push ---

const base64url = (bytes: number, what: string) =>
  z
    .string()
    .max(200)
    .refine(
      (text) => /^[\w+/-]+={0,2}$/.test(text) && lengthInBytes(text) === bytes,
      `must be ${what}, as the browser gives it: ${bytes} bytes in base64url`,
    )
// How many bytes it stands for; by its length, since this runs in browsers too.
const lengthInBytes = (text: string) => Math.floor((text.replace(/=+$/, '').length * 3) / 4)

export const NewPushSubscription = z
  .strictObject({
    endpoint: z
      .string()
      .max(2_000)
      .refine((text) => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text), 'must be the web address that the browser gives')
      .meta({ format: 'uri', examples: ['https://push.example.com/wpush/v2/gAAAAABk0Z7x'] }),
    keys: z
      .strictObject({
        p256dh: base64url(65, 'a public key'),
        auth: base64url(16, 'a secret'),
      })
      .meta({
        examples: [
          {
            p256dh: 'BEUOnLIAc4PudHZ0KuLmpfzJB4ajHqmXH53d8K91ljIjN5ZfRxRJIbDoedECTKzKE_gMe6akkIVNYhEATjQq9lA',
            auth: 'soDU_BBhHIpEzOiqWUnVFQ',
          },
        ],
      }),
    expirationTime: z
      .number()
      .nullable()
      .optional()
      .meta({ description: 'As browsers give it; nothing is done with it', examples: [null] }),
  })
  .meta({ id: 'NewPushSubscription', description: 'What `PushSubscription.toJSON()` of a browser gives, as it is' })
export type NewPushSubscription = z.output<typeof NewPushSubscription>

export const PushSubscription = z
  .strictObject({
    id: f.Id,
    endpoint: z.string().meta({ examples: ['https://push.example.com/wpush/v2/gAAAAABk0Z7x'] }),
    device: z.string().meta({ description: 'The browser it is of, in words', examples: ['Firefox on Linux'] }),
    created_at: f.Instant,
    last_ok_at: f.Instant.nullable().meta({ description: 'When its push service took something the last time' }),
  })
  .meta({ id: 'PushSubscription' })
export type PushSubscription = z.output<typeof PushSubscription>

// --- what was sent ---

export const DeliveryStatus = z.enum(['pending', 'sent', 'failed', 'dropped', 'superseded'])
export type DeliveryStatus = z.output<typeof DeliveryStatus>

export const Delivery = z
  .strictObject({
    id: f.Id,
    notification_id: f.Id,
    channel: Channel,
    goes_to: z
      .string()
      .nullable()
      .meta({ description: 'The address or the browser; null: not tried yet', examples: ['ana@example.com'] }),
    status: DeliveryStatus.meta({
      description:
        '`sent`: the mail server or the push service took it. `failed`: given up. `dropped`: there was no point any more. `superseded`: something newer says it.',
    }),
    attempts: z.int().meta({ examples: [1] }),
    next_attempt_at: f.Instant.nullable().meta({ examples: [null] }),
    last_error: z
      .string()
      .nullable()
      .meta({ examples: [null] }),
    created_at: f.Instant,
    finished_at: f.Instant.nullable(),
  })
  .meta({ id: 'NotificationDelivery' })
export type Delivery = z.output<typeof Delivery>

export const DeliveryListQuery = z.strictObject({
  notification_id: f.Id.optional(),
  channel: Channel.optional(),
  status: DeliveryStatus.optional(),
  ...f.page,
  sort: f.sortOf(['created_at']).default('-created_at'),
})
export type DeliveryListQuery = z.output<typeof DeliveryListQuery>

export const channelEndpoints = {
  channels: {
    method: 'GET',
    path: '/notifications/channels',
    summary: 'See which channels work',
    description: 'What each lacks, where it goes, and how it went lately.',
    access: 'read',
    returns: Channels,
    status: 200,
  },
  pushKey: {
    method: 'GET',
    path: '/notifications/push-key',
    summary: 'Read the public key for push',
    description: 'The `applicationServerKey` that a browser subscribes with.',
    access: 'read',
    returns: z
      .strictObject({
        public_key: z
          .string()
          .meta({ examples: ['BEUOnLIAc4PudHZ0KuLmpfzJB4ajHqmXH53d8K91ljIjN5ZfRxRJIbDoedECTKzKE_gMe6akkIVNYhEATjQq9lA'] }),
      })
      .meta({ id: 'PushKey' }),
    status: 200,
  },
  pushSubscriptions: {
    method: 'GET',
    path: '/notifications/push-subscriptions',
    summary: 'List the browsers that push goes to',
    access: 'read',
    query: z.strictObject({ ...f.page, sort: f.sortOf(['created_at']).default('-created_at') }),
    returns: f.listOf(PushSubscription).meta({ id: 'PushSubscriptionList' }),
    status: 200,
    problems: ['invalid_query', 'invalid_cursor'],
  },
  addPushSubscription: {
    method: 'POST',
    path: '/notifications/push-subscriptions',
    summary: 'Have push sent to a browser',
    description: 'A browser that is known already, by its `endpoint`, is renewed: `200`.',
    access: 'write',
    body: NewPushSubscription,
    returns: PushSubscription,
    status: 201,
    otherStatuses: [200],
    location: '/notifications/push-subscriptions/{id}',
    idempotent: true,
    problems: ['conflict'],
  },
  deletePushSubscription: {
    method: 'DELETE',
    path: '/notifications/push-subscriptions/{id}',
    summary: 'Send no more push to a browser',
    access: 'write',
    params: z.strictObject({ id: f.Id }),
    status: 204,
    problems: ['not_found'],
  },
  deliveries: {
    method: 'GET',
    path: '/notifications/deliveries',
    summary: 'See what was sent, and how it went',
    description: 'One for each address and browser that a notification goes to, kept for 30 days after it was sent.',
    access: 'read',
    query: DeliveryListQuery,
    returns: f.listOf(Delivery).meta({ id: 'NotificationDeliveryList' }),
    status: 200,
    problems: ['invalid_query', 'invalid_cursor'],
  },
} as const satisfies Endpoints
