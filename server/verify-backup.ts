/** `npm run backup:verify -- FILE`: restores a backup into an empty place and tells what came of it; ends with 1 if it is broken. */
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { createApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { EmbeddedDatabaseError } from './database/embedded/embedded.ts'
import { verifyBackup } from './features/backups/backups.ts'

// What the environment says already wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env')

const files = process.argv.slice(2)
try {
  if (files.length === 0) throw new Error('Say which file: npm run backup:verify -- landed-backup-2026-11-22.zip')
  await using app = await createApp(readConfig({ LOG_LEVEL: 'error', ...process.env }))
  for (const path of files) {
    if (!existsSync(path)) throw new Error(`There is no file ${path}.`)
    const { ok, problem, created_at, landed, files } = await verifyBackup(app, path)
    console.log(`${basename(path)}${created_at ? `, made by Landed ${landed} at ${created_at}` : ''}`)
    const widest = Math.max(...files.map(({ name }) => name.length))
    for (const { name, count, ok, problem } of files) {
      console.log(`  ${ok ? '✓' : '✗'} ${name.padEnd(widest)} ${String(count).padStart(8)}${problem ? `   ${problem}` : ''}`)
    }
    console.log(ok ? 'It is whole: restored into an empty place, it gave the same records.' : `It cannot be relied on: ${problem}.`)
    if (!ok) process.exitCode = 1
  }
} catch (error) {
  // What the person can put right is said plainly; anything else with its stack.
  const plain =
    error instanceof ConfigError || error instanceof EmbeddedDatabaseError || (error instanceof Error && error.constructor === Error)
  console.error(plain ? error.message : error)
  process.exitCode = 1
}
