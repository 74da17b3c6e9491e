import { useState } from 'react'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { BackupsSection } from '../backups/backups-section.tsx'
import { Restore } from '../backups/restore.tsx'
import { RecentChanges } from '../bulk/recent-changes.tsx'
import { ExportLinks } from '../exports/export-links.tsx'
import { DropFile } from '../imports/drop-file.tsx'
import { ImportHistory } from '../imports/import-history.tsx'
import { ImportWizard } from '../imports/import-wizard.tsx'
import classes from './data-page.module.css'

/** Is it all here, and can I leave? */
export function DataPage() {
  const [file, setFile] = useState<File | null>(null)
  if (file && isArchive(file)) {
    return (
      <Page shape="reading">
        <PageHeader title="Restore a backup" />
        <Restore from={{ file }} onLeave={() => setFile(null)} />
      </Page>
    )
  }
  if (file) {
    return (
      <Page>
        <PageHeader title="Import" />
        <ImportWizard file={file} onLeave={() => setFile(null)} />
      </Page>
    )
  }
  return (
    <Page shape="reading">
      <PageHeader title="Data" />
      <section className={classes.section} aria-labelledby="bring">
        <h2 id="bring">Bring what you have</h2>
        <DropFile onFile={setFile} />
      </section>
      <section className={classes.section} aria-labelledby="take">
        <h2 id="take">Take it with you</h2>
        <ExportLinks />
      </section>
      <section className={classes.section} aria-labelledby="backups">
        <h2 id="backups">Backups</h2>
        <BackupsSection />
      </section>
      <section className={classes.section} aria-labelledby="imports">
        <h2 id="imports">Imports</h2>
        <ImportHistory />
      </section>
      <section className={classes.section} aria-labelledby="bulk">
        <h2 id="bulk">Bulk changes</h2>
        <RecentChanges />
      </section>
    </Page>
  )
}

const isArchive = (file: File) => /\.zip$/i.test(file.name)
