import { spawn } from 'node:child_process'
import type { DataFolder } from './folder.ts'
import { spawnOptions } from './server-user.ts'

/** Stops PostgreSQL when this process is gone without having stopped it. */
export type Leash = {
  /** Watches this postmaster instead of the one before. */
  watch(pid: number): void
  /** To be told once it has ended: its id may be another process's soon. */
  forget(pid: number): void
  close(): void
}

// Its input ends with this process, however that dies. Each line names the postmaster to stop then. A service manager
// that ends a whole group of processes must not end this one first.
const script = `
trap '' INT TERM HUP
while read -r line; do pid=$line; done
[ -n "$pid" ] && kill -INT "$pid" || exit 0
left=30
while [ $left -gt 0 ] && kill -0 "$pid"; do sleep 1; left=$((left - 1)); done
[ $left -gt 0 ] || kill -QUIT "$pid"
`

/** Windows has no shell for it: there the next start finds and stops what was left running. */
export function fastenLeash(folder: DataFolder, onGone: (reason: string) => void): Leash {
  if (process.platform === 'win32') return { watch() {}, forget() {}, close() {} }
  let closed = false
  let watched: number | undefined
  // Detached, so that a Ctrl-C in the terminal leaves it alone.
  const shell = spawn('/bin/sh', ['-c', script], {
    // Not in the data folder, which may be on a disk that somebody unmounts right after.
    ...spawnOptions(folder.user, '/'),
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  const gone = (reason: string) => {
    if (!closed) onGone(reason)
    closed = true
  }
  shell.on('error', (error) => gone(error.message))
  shell.on('exit', (code, signal) => gone(`it ended with ${signal ?? code}`))
  shell.stdin.on('error', () => {})
  return {
    watch(pid) {
      watched = pid
      shell.stdin.write(`${pid}\n`)
    },
    forget(pid) {
      if (pid === watched) shell.stdin.write('\n')
    },
    close() {
      closed = true
      shell.stdin.end('\n')
    },
  }
}
