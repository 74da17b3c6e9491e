import { UnstyledButton } from '@mantine/core'
import type { Total } from '../../../contract/fields.ts'
import { useUserLocale } from '../../ui/user-locale.tsx'
import classes from './bulk.module.css'
import { selectAll, shareOf } from './selection.ts'
import { type SelectionStore, useSelected } from './use-selection.ts'

type OfferAllProps = {
  selection: SelectionStore
  ids: readonly string[]
  total: Total
  /** `jobs`, `that match`. */
  what: string
}

/** From all that is loaded to all that match. */
export function OfferAll({ selection, ids, total, what }: OfferAllProps) {
  const selected = useSelected(selection)
  const { locale } = useUserLocale()
  const hasMore = total.relation === 'at_least' || total.value > ids.length
  if (selected.isAll || !hasMore || shareOf(selected, ids) !== 'all') return null
  const number = total.value.toLocaleString(locale)
  return (
    <p className={classes.offer}>
      The {ids.length.toLocaleString(locale)} loaded so far are selected.{' '}
      <UnstyledButton className={classes.all} onClick={() => selection.change(selectAll(selected))}>
        {total.relation === 'exact' ? `Select all ${number} ${what}` : `Select all ${what}, more than ${number}`}
      </UnstyledButton>
    </p>
  )
}
