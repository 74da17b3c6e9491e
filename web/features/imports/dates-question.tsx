import { Radio, Stack } from '@mantine/core'
import type { Import, ImportMapping } from '../../../contract/imports.ts'
import { longDay } from '../../ui/days.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import { dateWords } from './import-words.ts'
import classes from './imports.module.css'

type Format = NonNullable<ImportMapping['date_format']>

/** Asked only where the whole column leaves it open which number is the day. */
export function DatesQuestion({ draft, onFormat }: { draft: Import; onFormat: (format: Format) => void }) {
  const { locale } = useUserLocale()
  const [first] = draft.ambiguous_dates
  if (!first) return null
  return (
    <section className={classes.step} aria-labelledby="import-dates">
      <h2 id="import-dates">Which number is the day?</h2>
      <Radio.Group
        label={`“${first.column}” can be read in two ways.`}
        value={draft.mapping.date_format ?? ''}
        onChange={(value) => onFormat(value as Format)}
      >
        <Stack gap={8} mt={8}>
          {first.readings.map(({ date_format, value, day }) => (
            <Radio key={date_format} value={date_format} label={`${dateWords[date_format]}: ${value} is ${longDay(day, locale)}`} />
          ))}
        </Stack>
      </Radio.Group>
    </section>
  )
}
