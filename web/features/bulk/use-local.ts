import { useMemo } from 'react'
import { shortDay, todayIn } from '../../ui/days.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import type { Local } from './words.ts'

export function useLocal(): Local {
  const { locale, timezone } = useUserLocale()
  return useMemo(() => ({ locale, day: (day) => shortDay(day, todayIn(timezone), locale) }), [locale, timezone])
}
