import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'

/** What cookies and links are signed with: AUTH_SECRET, else one that is made at the first start and kept beside the database. */
export async function readAuthSecret(config: Config): Promise<string> {
  if (config.authSecret !== null) return config.authSecret
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const path = join(config.dataDir, 'auth-secret')
  const kept = await readKept(path)
  if (kept !== undefined) return kept
  // Whole or not at all, and of two that start at once both take the one that was there first.
  const made = `${path}.${process.pid}`
  await writeFile(made, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  await link(made, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(made)
  return (await readKept(path)) as string
}

const readKept = (path: string) =>
  readFile(path, 'utf8').then(
    (text) => text.trim(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    },
  )
