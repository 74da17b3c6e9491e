import { Button, Group } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { addressOf } from '../../../client/client.ts'
import { backups } from '../../../contract/backups.ts'
import { exports } from '../../../contract/exports.ts'
import classes from './exports.module.css'

const files = [
  { kind: 'jobs', title: 'Jobs', about: 'Every job that is not in the trash, with all its fields' },
  { kind: 'applications', title: 'Applications', about: 'Every application with its dates, interviews, contacts and notes' },
] as const

/** Everything out, one click away. */
export function ExportLinks() {
  return (
    <ul className={classes.list}>
      {files.map(({ kind, title, about }) => (
        <li key={kind} className={classes.row}>
          <div>
            <strong>{title}</strong>
            <div className="dimmed">{about}</div>
          </div>
          <Group gap={8} wrap="nowrap">
            {(['csv', 'json'] as const).map((format) => (
              <Button
                key={format}
                component="a"
                variant="default"
                size="compact-md"
                download
                href={addressOf(exports[kind], { query: { format } })}
                leftSection={<IconDownload size={14} aria-hidden />}
                aria-label={`${title} as ${format.toUpperCase()}`}
              >
                {format.toUpperCase()}
              </Button>
            ))}
            <Button
              component={Link}
              to={`/data/export/${kind}`}
              search={{ as: 'report' } as never}
              variant="default"
              size="compact-md"
              aria-label={`${title} as PDF`}
            >
              PDF
            </Button>
          </Group>
        </li>
      ))}
      <li className={classes.row}>
        <div>
          <strong>Everything</strong>
          <div className="dimmed">One ZIP with every record, its history and your settings, which Landed can restore</div>
        </div>
        <Button
          component="a"
          variant="default"
          size="compact-md"
          download
          href={addressOf(backups.download, {})}
          leftSection={<IconDownload size={14} aria-hidden />}
          aria-label="Everything as ZIP"
        >
          ZIP
        </Button>
      </li>
    </ul>
  )
}
