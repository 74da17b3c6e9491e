import { Button, Checkbox, Group, NativeSelect, Radio, Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { ExportKind } from '../../../contract/exports.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { FormProblem } from '../../ui/problem-form.tsx'
import { useStored } from '../../ui/stored.ts'
import classes from './exports.module.css'
import { FieldsChoice } from './fields-choice.tsx'
import { FilterWords } from './filter-words.tsx'
import { Making } from './making.tsx'
import type { ExportAs } from './routes.tsx'
import { useExport } from './use-export.ts'

const jobRoute = getRouteApi('/data/export/jobs')
const applicationRoute = getRouteApi('/data/export/applications')

export function JobExportPage() {
  const { as, ...query } = jobRoute.useSearch()
  return <ExportPage kind="jobs" as={as} query={query} />
}

export function ApplicationExportPage() {
  const { as, ...query } = applicationRoute.useSearch()
  return <ExportPage kind="applications" as={as} query={query} />
}

const ways: Record<ExportAs, { label: string; about: string; kinds: ExportKind[] }> = {
  csv: { label: 'CSV', about: 'For a spreadsheet, or to import it again', kinds: ['jobs', 'applications'] },
  json: { label: 'JSON', about: 'For a program, or to import it again', kinds: ['jobs', 'applications'] },
  report: { label: 'PDF report', about: 'Key figures, charts and a table, for a coach or for yourself', kinds: ['jobs', 'applications'] },
  'proof-of-search': {
    label: 'Proof of search',
    about: 'A PDF with one line an application, by week, with a place to sign: for the employment office',
    kinds: ['applications'],
  },
}

type ExportPageProps = { kind: ExportKind; as: ExportAs | undefined; query: Record<string, unknown> }

function ExportPage({ kind, as, query }: ExportPageProps) {
  const [way, setWay] = useState<ExportAs>(as && ways[as].kinds.includes(kind) ? as : 'csv')
  const format = way === 'csv' || way === 'json' ? way : 'pdf'
  const [chosen, setChosen] = useStored<string[] | null>(`export-${kind}-${format}`, null)
  const [bom, setBom] = useState(true)
  const [paper, setPaper] = useState<'' | 'a4' | 'letter'>('')
  const [days, setDays] = useState({ from: String(query.applied_from ?? ''), to: String(query.applied_to ?? '') })
  const { making, problem, start, stop } = useExport(kind)

  const asked = {
    ...query,
    format,
    ...(way === 'proof-of-search' ? { applied_from: days.from || undefined, applied_to: days.to || undefined } : {}),
    ...(way !== 'proof-of-search' && chosen ? { fields: chosen.join(',') } : {}),
    ...(way === 'csv' && bom ? { bom: true } : {}),
    ...(format === 'pdf' ? { layout: way, ...(paper ? { paper } : {}) } : {}),
  }
  return (
    <Page shape="reading">
      <PageHeader title={`Export ${kind}`} />
      <FilterWords kind={kind} query={query} />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void start(asked)
        }}
      >
        <Stack gap={24}>
          <Radio.Group label="As" value={way} onChange={(value) => setWay(value as ExportAs)}>
            <Stack gap={12} mt={8}>
              {Object.entries(ways).map(
                ([value, { label, about, kinds }]) =>
                  kinds.includes(kind) && <Radio key={value} value={value} label={label} description={about} />,
              )}
            </Stack>
          </Radio.Group>
          {way === 'proof-of-search' ? (
            <Group gap={16} className={classes.days}>
              <DayInput label="Applied from" value={days.from} onChange={(from) => setDays({ ...days, from })} />
              <DayInput label="Until, that day included" value={days.to} onChange={(to) => setDays({ ...days, to })} />
            </Group>
          ) : (
            <FieldsChoice kind={kind} format={format} chosen={chosen} onChoose={setChosen} />
          )}
          {way === 'csv' && (
            <Checkbox
              checked={bom}
              onChange={(event) => setBom(event.currentTarget.checked)}
              label="For Excel: begin with the mark by which it knows accents and other letters"
            />
          )}
          {format === 'pdf' && (
            <NativeSelect
              label="Paper"
              className={classes.paper}
              value={paper}
              onChange={(event) => setPaper(event.currentTarget.value as typeof paper)}
              data={[
                { value: '', label: 'As is usual where you are' },
                { value: 'a4', label: 'A4' },
                { value: 'letter', label: 'Letter' },
              ]}
            />
          )}
          <FormProblem problem={problem} />
          <Group gap={12}>
            <Button type="submit" loading={making.state === 'making'}>
              Export
            </Button>
            {making.state === 'making' && (
              <Button variant="default" onClick={stop}>
                Stop
              </Button>
            )}
            <Making making={making} />
          </Group>
        </Stack>
      </form>
    </Page>
  )
}
