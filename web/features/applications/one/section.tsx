import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './application-details.module.css'

type SectionProps = { title: string; action?: ReactNode; children: ReactNode }

export function Section({ title, action, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.sectionHead}>
        <Title order={3}>{title}</Title>
        {action}
      </div>
      {children}
    </section>
  )
}
