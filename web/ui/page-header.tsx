import { Button, Group, Title, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { Keys } from './keys-shown.tsx'
import classes from './page.module.css'
import { usePageTitle } from './page-title.ts'

type PageHeaderProps = {
  title: string
  /** Beside the title, dimmed: `117` or `117 of 1,204`. */
  count?: ReactNode
  /** The one thing to do here. */
  primary?: { label: string; icon?: ReactNode; keys?: string; onClick: () => void; loading?: boolean }
  secondary?: ReactNode
  /** Under the title: search, filter chips, tabs. */
  children?: ReactNode
}

export function PageHeader({ title, count, primary, secondary, children }: PageHeaderProps) {
  usePageTitle(title)
  return (
    <header className={classes.header}>
      <Group justify="space-between" wrap="nowrap" gap="md" mih={36}>
        <Group gap={8} align="baseline" wrap="nowrap" miw={0}>
          {/* Takes the focus when the page changes, so that reading starts here. */}
          <Title order={1} className={classes.title} tabIndex={-1} data-page-heading>
            {title}
          </Title>
          {count !== undefined && <span className="dimmed">{count}</span>}
        </Group>
        <Group gap={8} wrap="nowrap">
          {secondary}
          {primary && (
            <Tooltip label={<Keys keys={primary.keys ?? ''} />} disabled={!primary.keys}>
              <Button onClick={primary.onClick} leftSection={primary.icon} loading={primary.loading}>
                {primary.label}
              </Button>
            </Tooltip>
          )}
        </Group>
      </Group>
      {children}
    </header>
  )
}
