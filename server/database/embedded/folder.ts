import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, open, readdir, realpath, rm, stat, statfs } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { EmbeddedDatabaseError } from './error.ts'
import { findServerUser, run, type ServerUser } from './server-user.ts'

/** Where everything of the embedded PostgreSQL lies: `DATA_DIR/postgres`, closed to everybody else. */
export type DataFolder = {
  dataDir: string
  home: string
  cluster: string
  pidFile: string
  /** Undefined where the server is reached through 127.0.0.1 instead. */
  socketDir: string | undefined
  log: string
  user: ServerUser | undefined
}

/** ~/.local/share/landed, or what the platform has for it; /var/lib/landed for root on Linux. */
export function defaultDataDir(env: NodeJS.ProcessEnv): string {
  const home = env.HOME || homedir()
  if (process.platform === 'win32') {
    return path.join(env.LOCALAPPDATA || path.join(env.USERPROFILE || home, 'AppData', 'Local'), 'Landed')
  }
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Landed')
  // Root's own home is closed to the account PostgreSQL runs under.
  if (process.getuid?.() === 0) return '/var/lib/landed'
  const shared = env.XDG_DATA_HOME
  return path.join(shared && path.isAbsolute(shared) ? shared : path.join(home, '.local', 'share'), 'landed')
}

const megabyte = 1024 * 1024
// An empty cluster takes 47 MB; the rest is room for the write-ahead log.
const spaceForNewCluster = 160 * megabyte
const spaceForWork = 32 * megabyte
const longestSocketPath = 103

/** Creates what is missing and checks that it can be used. Rejects with an EmbeddedDatabaseError or a system error. */
export async function openFolder(wanted: string): Promise<DataFolder> {
  const dataDir = path.resolve(wanted)
  const user = await findServerUser([path.join(dataDir, 'postgres', 'cluster'), dataDir])
  if (user) await checkReachable(path.dirname(dataDir), dataDir, user)
  await makePrivate(dataDir, user, 'unless it is in use')
  // One name for one folder: two ways to it must not look like two clusters.
  const real = await realpath(dataDir)
  if (user) await checkReachable(real, dataDir, user)
  const home = path.join(real, 'postgres')
  const folder: DataFolder = {
    dataDir: real,
    home,
    cluster: path.join(home, 'cluster'),
    pidFile: path.join(home, 'cluster', 'postmaster.pid'),
    socketDir: chooseSocketDir(home),
    log: path.join(home, 'server.log'),
    user,
  }
  await checkOwner(folder)
  await makePrivate(home, user)
  if (folder.socketDir) await makePrivate(folder.socketDir, user)
  await checkSpace(folder)
  await checkWritable(folder)
  return folder
}

function chooseSocketDir(home: string): string | undefined {
  const socketDir = path.join(home, 'socket')
  const socket = Buffer.byteLength(path.join(socketDir, '.s.PGSQL.5432'))
  return process.platform === 'win32' || socket > longestSocketPath ? undefined : socketDir
}

async function makePrivate(folder: string, user: ServerUser | undefined, unless?: 'unless it is in use') {
  // Parents first: the mode would be theirs, too, and close the way for the account PostgreSQL runs under.
  await mkdir(path.dirname(folder), { recursive: true })
  const created = await mkdir(folder, { recursive: true, mode: 0o700 })
  // DATA_DIR may be a folder with other people's files in it: those keep their owner and mode.
  if (!created && unless) {
    const entries = await readdir(folder)
    if (entries.length > 0 && !entries.includes('postgres')) return
  }
  if (user) await chown(folder, user.uid, user.gid)
  if (process.platform !== 'win32') await chmod(folder, 0o700)
}

/** Tries rather than reads modes: access lists and mounts decide, too. */
async function checkReachable(folder: string, dataDir: string, user: ServerUser) {
  const places: string[] = []
  for (let place = folder; ; place = path.dirname(place)) {
    if (await stat(place).catch(() => undefined)) places.unshift(place)
    if (place === path.dirname(place)) break
  }
  const tryEach = 'for place do cd -- "$place" || { printf %s "$place"; exit 1; }; done 2>/dev/null'
  const { code, output } = await run('/bin/sh', ['-c', tryEach, 'sh', ...places], { user, cwd: '/' })
  if (code === 0) return
  if (code === null) {
    throw new EmbeddedDatabaseError(
      `Landed runs as root, PostgreSQL refuses to, and starting it as ${user.name} failed: ${output}. Start Landed as an ` +
        'ordinary user that owns DATA_DIR, or set DATABASE_URL to a PostgreSQL 15 or newer.',
    )
  }
  throw new EmbeddedDatabaseError(
    `Landed cannot keep its database in ${dataDir}: Landed runs as root, PostgreSQL refuses to, so it runs as ` +
      `${user.name}, and ${output} is closed to that account. Set DATA_DIR to a folder outside of it, such as ` +
      '/var/lib/landed, or start Landed as an ordinary user.',
  )
}

/** PostgreSQL serves only what belongs to its account: a folder that was copied by root does not. */
async function checkOwner({ cluster, home, user }: DataFolder) {
  const owner = await stat(cluster).catch(() => undefined)
  const wanted = user?.uid ?? process.getuid?.()
  if (!owner || wanted === undefined || owner.uid === wanted) return
  const change = `chown -R ${user ? `${user.uid}:${user.gid}` : wanted} '${home}'`
  throw new EmbeddedDatabaseError(
    `The database in ${home} belongs to the account number ${owner.uid}, and PostgreSQL would run as number ${wanted}. ` +
      `Start Landed as the account it belongs to, or give it away: ${change}`,
  )
}

async function checkSpace(folder: DataFolder) {
  const isNew = !(await stat(folder.cluster).catch(() => undefined))
  const needed = isNew ? spaceForNewCluster : spaceForWork
  const { bavail, bsize } = await statfs(folder.home)
  const free = bavail * bsize
  if (free >= needed) return
  throw new EmbeddedDatabaseError(
    `The disk that holds ${folder.dataDir} has ${Math.floor(free / megabyte)} MB free, and the database needs at ` +
      `least ${needed / megabyte} MB there. Free some space, or set DATA_DIR to a folder on another disk.`,
  )
}

/** A read-only mount shows only when something is written. */
async function checkWritable(folder: DataFolder) {
  const probe = path.join(folder.home, `.probe-${randomBytes(6).toString('hex')}`)
  const file = await open(probe, 'wx', 0o600)
  await file.close()
  await rm(probe)
}
