import { useQuery } from '@tanstack/react-query'
import type { Application } from '../../../../contract/applications.ts'
import { excerptWith } from '../../search/mark-words.ts'
import { Parts, useSearchedWords } from '../../search/searched-text.tsx'
import { jobQuery } from '../api.ts'
import classes from './application-details.module.css'

/** Where the search found it, for what cannot be marked in place: texts that are fields, and those of the job. */
export function FoundHere({ application }: { application: Application }) {
  const q = useSearchedWords()
  const { data: job } = useQuery(jobQuery(application.job_id))
  if (q === null) return null
  const contacts = application.contacts.flatMap((contact) => Object.values(contact).filter((said) => said !== null)).join(', ')
  const texts: [string, string | null | undefined][] = [
    ['Notes', application.notes],
    ['Contacts', contacts],
    ['Notes of the job', job?.notes],
    ['Posting', job?.description],
    ['Skills', job?.tech_stack.join(', ')],
    ['Place', job?.location],
  ]
  const found = texts.flatMap(([name, text]) => {
    const parts = text ? excerptWith(text, q) : null
    return parts ? [{ name, parts }] : []
  })
  if (found.length === 0) return null
  return (
    <section aria-label="Found here">
      <dl className={classes.facts}>
        {found.map(({ name, parts }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Parts parts={parts} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
