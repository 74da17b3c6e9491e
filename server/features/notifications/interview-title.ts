const minuteMs = 60_000

export const interviewTitle = (company: string, msAway: number) => `Interview ${howFar(msAway)}: ${company}`

function howFar(ms: number): string {
  const minutes = Math.round(ms / minuteMs)
  if (minutes < 0) return `began ${amount(-minutes, 'minute')} ago`
  if (minutes < 1) return 'now'
  if (minutes % 60 !== 0 && minutes < 120) return `in ${amount(minutes, 'minute')}`
  const hours = Math.round(minutes / 60)
  return hours <= 24 ? `in ${amount(hours, 'hour')}` : `in ${amount(Math.round(hours / 24), 'day')}`
}
const amount = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`
