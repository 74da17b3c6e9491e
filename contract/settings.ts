import { z } from 'zod'
import type { Endpoints } from './endpoint.ts'
import * as f from './fields.ts'

const zoneIsKnown = (zone: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return !/^[+-]/.test(zone)
  } catch {
    return false
  }
}
const localeIsKnown = (locale: string) => {
  try {
    return Intl.getCanonicalLocales(locale).length === 1
  } catch {
    return false
  }
}

const writable = {
  timezone: z
    .string()
    .max(64)
    .refine(zoneIsKnown, 'must be an IANA time zone such as Europe/Lisbon')
    .meta({ examples: ['Europe/Lisbon'] }),
  locale: z
    .string()
    .max(35)
    .refine(localeIsKnown, 'must be a language tag such as en-GB')
    .meta({ examples: ['en-GB'] }),
  theme: z.enum(['system', 'light', 'dark']),
  week_starts_on: z.enum(['monday', 'saturday', 'sunday']),
  reminder_hour: z.int().min(0).max(23).meta({ description: 'Hour of the day for reminders of a day' }),
  daily_application_goal: z.int().min(0).max(100).meta({ description: '0: no goal' }),
  follow_up_after_days: z.int().min(1).max(365),
  ghosted_after_days: z.int().min(1).max(730),
  match_threshold: z.int().min(0).max(100),
}

export const SettingsChanges = z.strictObject(writable).partial().meta({ id: 'SettingsChanges' })
export type SettingsChanges = z.output<typeof SettingsChanges>

export const Settings = z
  .strictObject({ ...writable, updated_at: f.Instant.nullable().meta({ description: 'null: never written, so the defaults hold' }) })
  .meta({ id: 'Settings' })
export type Settings = z.output<typeof Settings>

export const defaultSettings = {
  timezone: 'UTC',
  locale: 'en-GB',
  theme: 'system',
  week_starts_on: 'monday',
  reminder_hour: 8,
  daily_application_goal: 0,
  follow_up_after_days: 7,
  ghosted_after_days: 45,
  match_threshold: 70,
  updated_at: null,
} as const satisfies Settings

export const settings = {
  get: { method: 'GET', path: '/settings', summary: 'Read your settings', access: 'read', returns: Settings, status: 200 },
  update: {
    method: 'PATCH',
    path: '/settings',
    summary: 'Change your settings',
    access: 'write',
    body: SettingsChanges,
    returns: Settings,
    status: 200,
  },
} as const satisfies Endpoints
