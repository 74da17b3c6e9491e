import { Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { usePageTitle } from '../../../ui/page-title.ts'
import classes from './door.module.css'

/** The frame of every page before one is in: one column, its heading first. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  usePageTitle(title)
  return (
    <main className={classes.door}>
      <Stack gap={16}>
        <Title order={1} className={classes.title}>
          {title}
        </Title>
        {children}
      </Stack>
    </main>
  )
}
