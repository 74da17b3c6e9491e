/**
 * What the registry knows of holes in what we ship. `npm run audit` fails when one is high or critical; with `--tell` it only tells, for what
 * somebody finds out overnight is no fault of a change that is tested today. Where the registry cannot be asked, it says so.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

type Found = { name: string; severity: string; via: (string | { title: string; url: string })[] }
type Report = { message?: string; vulnerabilities?: Record<string, Found> }

const onlyTells = process.argv.includes('--tell')
const grave = ['high', 'critical']

const text = await new Promise<string>((resolve) => {
  execFile(
    'npm',
    ['audit', '--omit=dev', '--json', '--fetch-timeout=10000', '--fetch-retries=0'],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), timeout: 30_000, maxBuffer: 64 * 1024 * 1024 },
    // It ends with 1 when it found something: what it says counts.
    (_error, stdout) => resolve(stdout),
  )
})
const report = parse(text)
if (!report.vulnerabilities) {
  console.log(`The registry could not be asked (${report.message ?? 'no answer'}), so nothing is known of holes in dependencies.`)
  process.exit(0)
}
const found = Object.values(report.vulnerabilities)
for (const { name, severity, via } of found) {
  const why = via.map((one) => (typeof one === 'string' ? `through ${one}` : `${one.title}, ${one.url}`))
  console.log(`${severity}: ${name}: ${why.join('; ')}`)
}
const bad = found.filter(({ severity }) => grave.includes(severity))
console.log(`${found.length} packages with known holes, ${bad.length} of them high or critical.`)
process.exit(bad.length > 0 && !onlyTells ? 1 : 0)

function parse(text: string): Report {
  try {
    return JSON.parse(text) as Report
  } catch {
    return {}
  }
}
