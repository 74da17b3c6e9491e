import type { Settings } from '../../../contract/settings.ts'

type Kind =
  | { kind: 'choice'; options: () => { value: string; label: string }[]; searchable?: boolean }
  | { kind: 'number'; min: number; max: number; suffix?: string }

export type SettingEntry = Kind & {
  name: Exclude<keyof Settings, 'updated_at'>
  label: string
  description: string
  /** Other words somebody may look for it by. */
  alsoCalled?: string
}

const zones = () =>
  [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))

const localeTags = [
  'en-GB',
  'en-US',
  'en-IE',
  'en-CA',
  'en-AU',
  'en-IN',
  'en-NZ',
  'de-DE',
  'de-CH',
  'fr-FR',
  'es-ES',
  'it-IT',
  'nl-NL',
  'pl-PL',
  'pt-PT',
  'pt-BR',
  'sv-SE',
  'ja-JP',
]
const locales = () => {
  const names = new Intl.DisplayNames('en', { type: 'language' })
  const sample = Date.UTC(2026, 11, 3)
  return localeTags.map((tag) => ({
    value: tag,
    label: `${names.of(tag)}: ${new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' }).format(sample)}, ${new Intl.NumberFormat(tag, { minimumFractionDigits: 2 }).format(1234.5)}`,
  }))
}

export const sections: { title: string; entries: SettingEntry[] }[] = [
  {
    title: 'Appearance',
    entries: [
      {
        name: 'theme',
        kind: 'choice',
        label: 'Theme',
        description: 'As your system has it, or always one of the two.',
        alsoCalled: 'dark mode light colour color scheme',
        options: () => [
          { value: 'system', label: 'As the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ],
      },
    ],
  },
  {
    title: 'Time and place',
    entries: [
      {
        name: 'timezone',
        kind: 'choice',
        label: 'Time zone',
        description: 'Decides what “today” is.',
        alsoCalled: 'timezone clock city',
        options: zones,
        searchable: true,
      },
      {
        name: 'locale',
        kind: 'choice',
        label: 'Dates and numbers',
        description: 'How they are written.',
        alsoCalled: 'locale language region format',
        options: locales,
        searchable: true,
      },
      {
        name: 'week_starts_on',
        kind: 'choice',
        label: 'Week starts on',
        description: 'In calendars, and for “this week”.',
        options: () => [
          { value: 'monday', label: 'Monday' },
          { value: 'saturday', label: 'Saturday' },
          { value: 'sunday', label: 'Sunday' },
        ],
      },
    ],
  },
  {
    title: 'Following up',
    entries: [
      {
        name: 'follow_up_after_days',
        kind: 'number',
        min: 1,
        max: 365,
        suffix: ' days',
        label: 'Suggest a follow-up after',
        description: 'Days without a word from the company.',
        alsoCalled: 'silent reminder',
      },
      {
        name: 'ghosted_after_days',
        kind: 'number',
        min: 1,
        max: 730,
        suffix: ' days',
        label: 'Suggest “ghosted” after',
        description: 'Only a suggestion: nothing changes by itself.',
        alsoCalled: 'silent no answer',
      },
    ],
  },
  {
    title: 'Goals',
    entries: [
      {
        name: 'daily_application_goal',
        kind: 'number',
        min: 0,
        max: 100,
        label: 'Applications a day',
        description: '0 for no goal: then none is shown.',
        alsoCalled: 'target ring',
      },
    ],
  },
]
