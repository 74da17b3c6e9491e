import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { BulkKind } from '../../../contract/bulk.ts'
import type { BulkError } from '../../../contract/tasks.ts'
import { nameQuery } from './api.ts'
import classes from './left-out.module.css'
import { leftBy } from './words.ts'

type LeftOutProps = { kind: BulkKind; errors: readonly BulkError[] }

const most = 3

/** The records that a change left alone, each with its reason. */
export function LeftOut({ kind, errors }: LeftOutProps) {
  return (
    <ul className={classes.list}>
      {leftBy(errors).map(({ reason, ids }) => (
        <li key={reason}>
          {ids.slice(0, most).map((id, index) => (
            <span key={id}>
              {index > 0 && '; '}
              <Name kind={kind} id={id} />
            </span>
          ))}
          {ids.length > most && ` and ${(ids.length - most).toLocaleString('en')} more`}
          {ids.length > 0 && ': '}
          {reason}
        </li>
      ))}
    </ul>
  )
}

function Name({ kind, id }: { kind: BulkKind; id: string }) {
  const { data: name, isError } = useQuery(nameQuery(kind, id))
  if (isError) return 'One that is gone for good'
  return (
    <Link to={kind === 'jobs' ? '/jobs/$id' : '/applications/$id'} params={{ id }} className={classes.name}>
      {name ?? '…'}
    </Link>
  )
}
