/** Loaded before a server (`--import`): on SIGUSR2 it writes down how long its event loop stood still at most since the last time. */
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()
const file = join(process.env['DATA_DIR'] as string, 'event-loop.json')
process.on('SIGUSR2', () => {
  writeFileSync(`${file}.part`, JSON.stringify({ longestMs: delay.max / 1e6 }))
  renameSync(`${file}.part`, file)
  delay.reset()
})
