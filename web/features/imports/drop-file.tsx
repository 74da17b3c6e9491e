import '@mantine/dropzone/styles.css'
import { Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { importMaxBytes } from '../../../contract/imports.ts'
import { notify } from '../../ui/notify.tsx'
import classes from './imports.module.css'

/** Takes anything: what cannot be read is explained by who tried. */
export function DropFile({ onFile, busy = false }: { onFile: (file: File) => void; busy?: boolean }) {
  return (
    <Dropzone
      onDrop={([file]) => file && onFile(file)}
      onReject={() =>
        notify('Drop one file of at most 200 MB. Split a larger one, or leave out what you do not need.', 'That was too much')
      }
      maxSize={importMaxBytes}
      maxFiles={1}
      multiple={false}
      loading={busy}
      className={classes.drop}
      inputProps={{ 'aria-label': 'File to import' }}
      aria-label="Drop a file here, or press Enter to choose one"
    >
      <IconFileSpreadsheet size={28} stroke={1.25} aria-hidden />
      <div>
        <Text fw={500}>Drop a spreadsheet here, or click to choose one</Text>
        <Text c="var(--dimmed)">
          CSV from any spreadsheet or tracker, LinkedIn’s data export, or an export of Landed. You see what would happen first, and can undo
          it afterwards.
        </Text>
      </div>
    </Dropzone>
  )
}
