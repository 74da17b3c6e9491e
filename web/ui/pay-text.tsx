import { useUserLocale } from './user-locale.tsx'

export type Pay = { min: number | null; max: number | null; currency: string | null; period: string | null }

type PayFormat = { locale: string; compact: boolean }

/** `€62,000 – 74,000 a year`; compact: `€62k – 74k a year`. Null when neither end is known. */
export function payText({ min, max, currency, period }: Pay, { locale, compact }: PayFormat): string | null {
  if (min === null && max === null) return null
  const format = new Intl.NumberFormat(locale, {
    ...(currency ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } : {}),
    ...(compact
      ? { notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 }
      : { maximumFractionDigits: 2, minimumFractionDigits: 0 }),
  })
  const amount =
    min !== null && max !== null && min !== max
      ? format.formatRange(min, max)
      : min !== null
        ? max === null
          ? `from ${format.format(min)}`
          : format.format(min)
        : `up to ${format.format(max ?? 0)}`
  return period ? `${amount} ${period === 'hour' ? 'an hour' : `a ${period}`}` : amount
}

type PayTextProps = Pay & { compact?: boolean; placeholder?: string }

export function PayText({ compact = false, placeholder = '–', ...pay }: PayTextProps) {
  const { locale } = useUserLocale()
  const text = payText(pay, { locale, compact })
  return text === null ? <span className="dimmed">{placeholder}</span> : <span>{text}</span>
}
