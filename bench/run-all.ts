/**
 * `npm run bench`: every benchmark of this folder, one after the other, so that none takes the other's time.
 * What exports something serves the others and measures nothing. Ends with 1 when a promise was broken.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const benchmarks = readdirSync(here)
  .filter((name) => name.endsWith('.ts') && name !== basename(import.meta.filename))
  .filter((name) => !/^export /m.test(readFileSync(`${here}${name}`, 'utf8')))
  .sort()

const broken = benchmarks.filter((name) => spawnSync(process.execPath, [`${here}${name}`], { stdio: 'inherit' }).status !== 0)
console.log(`\n${benchmarks.length} benchmarks; ${broken.length === 0 ? 'every promise was kept' : `look at ${broken.join(', ')}`}`)
process.exitCode = broken.length === 0 ? 0 : 1
