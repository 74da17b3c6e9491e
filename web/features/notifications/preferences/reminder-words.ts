/** In minutes: what most people choose. */
export const reminderChoices = [10_080, 2_880, 1_440, 180, 60, 30, 15]

/** `1 day`, `3 hours`, `90 minutes`. */
export function minutesText(minutes: number): string {
  const [size, unit] =
    minutes % 10_080 === 0 ? [10_080, 'week'] : minutes % 1_440 === 0 ? [1_440, 'day'] : minutes % 60 === 0 ? [60, 'hour'] : [1, 'minute']
  const count = minutes / Number(size)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
