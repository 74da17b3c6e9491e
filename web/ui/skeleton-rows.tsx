import { Skeleton } from '@mantine/core'
import classes from './skeleton-rows.module.css'

type SkeletonRowsProps = {
  rows?: number
  /** The rows that will replace them, in px, so that nothing moves then. */
  height?: number
  label?: string
}

export function SkeletonRows({ rows = 8, height = 40, label = 'Loading' }: SkeletonRowsProps) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <div key={index} className={classes.row} style={{ height }}>
          <Skeleton height={12} width={`${24 + ((index * 7) % 16)}%`} />
          <Skeleton height={12} width={`${14 + ((index * 5) % 12)}%`} />
          <Skeleton height={12} width="8%" />
        </div>
      ))}
    </div>
  )
}
