import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { codeOf } from './error.ts'
import { run } from './server-user.ts'

/**
 * What runs under a process id: nothing, the postmaster of this cluster, something that surely is not, or cannot tell.
 * Asking the system whether the id is in use is not enough: ids are reused, and a zombie has one, too.
 */
export async function identify(pid: number, cluster: string): Promise<'nothing' | 'ours' | 'other' | 'unknown'> {
  if (!exists(pid)) return 'nothing'
  if (process.platform === 'linux') return identifyOnLinux(pid, cluster)
  const { code, output } =
    process.platform === 'win32'
      ? await run('powershell.exe', ['-NoProfile', '-Command', `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`], {
          user: undefined,
          cwd: cluster,
        })
      : await run('/bin/ps', ['-ww', '-o', 'stat=', '-o', 'command=', '-p', String(pid)], { user: undefined, cwd: cluster })
  if (code !== 0) return exists(pid) ? 'unknown' : 'nothing'
  if (output.trimStart().startsWith('Z')) return 'nothing'
  return output.includes('postgres') && output.includes(cluster) ? 'ours' : 'other'
}

/** Whether a process runs under that id: a zombie does not. */
export async function isAlive(pid: number | undefined): Promise<boolean> {
  if (!pid || !exists(pid)) return false
  return process.platform !== 'linux' || !(await isZombie(pid).catch(() => false))
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

async function identifyOnLinux(pid: number, cluster: string) {
  try {
    if (await isZombie(pid)) return 'nothing'
    const [program = '', ...args] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
    if (path.basename(program) !== 'postgres') return 'other'
    // A postmaster works inside its cluster, by whatever path it got there. Containers may hide that from root.
    const place = await stat(`/proc/${pid}/cwd`).catch(() => stat(args[args.indexOf('-D') + 1] ?? ''))
    const own = await stat(cluster)
    return place.dev === own.dev && place.ino === own.ino ? 'ours' : 'other'
  } catch {
    return exists(pid) ? 'unknown' : 'nothing'
  }
}

async function isZombie(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8')
  // The second field is the program's name and may hold anything, spaces and brackets too.
  return /^[ZX]/.test(status.slice(status.lastIndexOf(')') + 2))
}
