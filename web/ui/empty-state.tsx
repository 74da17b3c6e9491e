import { Group, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './page.module.css'

type EmptyStateProps = {
  icon?: ReactNode
  /** `No jobs yet` */
  title: string
  /** What will be here, and how it comes here. */
  children: ReactNode
  /** The first step, as one or two buttons. */
  actions?: ReactNode
}

export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {icon && (
        <span className={classes.emptyIcon} aria-hidden>
          {icon}
        </span>
      )}
      <Title order={2}>{title}</Title>
      <p>{children}</p>
      {actions && (
        <Group gap={8} mt={8}>
          {actions}
        </Group>
      )}
    </div>
  )
}
