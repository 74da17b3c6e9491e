import { Select } from '@mantine/core'
import type { ApplicationStatus } from '../../../contract/applications.ts'
import type { Import } from '../../../contract/imports.ts'
import { applicationStatusWords, jobStatusWords, optionsOf } from '../../ui/words.ts'
import { count } from './import-words.ts'
import classes from './imports.module.css'

const refused = 'refused'

/** What the file's words for a stage mean; a word that is not known is never taken for something silently. */
export function WordsStep({ draft, onWord }: { draft: Import; onWord: (word: string, status: ApplicationStatus | null) => void }) {
  if (draft.status_words.length === 0 || draft.kind === 'jobs' || draft.preset === 'landed') return null
  const options = [{ value: refused, label: 'Leave these rows out' }, ...optionsOf(applicationStatusWords)]
  return (
    <section className={classes.step} aria-labelledby="import-words">
      <h2 id="import-words">Words for a stage</h2>
      <ul className={classes.rows}>
        {draft.status_words.map(({ word, count: rows, status, suggestion }) => (
          <li key={word} className={classes.row}>
            <div className={classes.cell}>
              <strong>{word === '' ? '(empty)' : word}</strong>
              <span className={classes.samples}>{count(rows, 'row')}</span>
            </div>
            <Select
              aria-label={`“${word}” means`}
              allowDeselect={false}
              data={options}
              value={status !== null && status in jobStatusWords ? null : (status ?? refused)}
              description={status === null && suggestion ? `Perhaps ${applicationStatusWords[suggestion].toLowerCase()}?` : undefined}
              onChange={(value) => onWord(word, value === refused ? null : (value as ApplicationStatus))}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
