import { spawn } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'

/** The account PostgreSQL runs under when Landed itself is root, which PostgreSQL refuses to be. */
export type ServerUser = { uid: number; gid: number; name: string }

/**
 * Undefined unless this process is root. What already belongs to somebody keeps belonging to them, so that `sudo` once
 * does not lock its owner out; otherwise it is `nobody`.
 *
 * @param places the first that is there, and is not root's, tells
 */
export async function findServerUser(places: string[]): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = await readAccounts()
  for (const place of places) {
    const owner = await stat(place).catch(() => undefined)
    if (!owner || owner.uid === 0) continue
    const account = accounts.find(({ uid }) => uid === owner.uid)
    return account ?? { uid: owner.uid, gid: owner.gid, name: `number ${owner.uid}` }
  }
  return accounts.find(({ name }) => name === 'nobody') ?? { uid: 65534, gid: 65534, name: 'nobody' }
}

async function readAccounts(): Promise<ServerUser[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    // macOS writes nobody as -2; chown wants that number unsigned.
    return name && uid && gid ? [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }] : []
  })
}

/** What `spawn` needs to run a program of PostgreSQL: the account, and an environment free of the caller's settings. */
export function spawnOptions(user: ServerUser | undefined, cwd: string) {
  // Whoever starts Landed may have PGDATA, PGTZ or LD_LIBRARY_PATH set for another PostgreSQL.
  const kept = ['PATH', 'SystemRoot', 'SYSTEMDRIVE', 'TEMP', 'TMP', 'TMPDIR']
  const env = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  return {
    // The caller's own folder may be closed to that account, and PostgreSQL gives up when it cannot read it.
    cwd,
    env: { ...env, LC_ALL: 'C' },
    windowsHide: true,
    // spawn wants the numbers signed.
    ...(user ? { uid: user.uid | 0, gid: user.gid | 0 } : {}),
  }
}

export type Outcome = { code: number | null; output: string }

/** Runs a program to its end; one that cannot be started at all ends with code null and the reason as its output. */
export function run(
  program: string,
  args: string[],
  options: { user: ServerUser | undefined; cwd: string; input?: string },
): Promise<Outcome> {
  return new Promise((resolve) => {
    let output = ''
    const failed = (error: Error) => resolve({ code: null, output: error.message })
    try {
      // Detached, or a Ctrl-C in the terminal reaches it too and leaves half a cluster.
      const child = spawn(program, args, { ...spawnOptions(options.user, options.cwd), detached: true })
      child.on('error', failed)
      child.on('close', (code) => resolve({ code, output }))
      child.stdout.on('data', (chunk: Buffer) => (output += chunk))
      child.stderr.on('data', (chunk: Buffer) => (output += chunk))
      child.stdin.on('error', () => {})
      child.stdin.end(options.input ?? '')
    } catch (error) {
      failed(error as Error)
    }
  })
}
