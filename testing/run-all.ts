/**
 * What `npm test` runs, in order: types, lint, unused code, what is known of dependencies, the web build, unit and integration tests, end-to-end tests.
 * It brings up what it needs and ends with one line: `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = `${root}.cache/reports`

type Count = { passed: number; failed: number }
type Step = { name: string; command: string[]; env?: Record<string, string>; count?: () => Promise<Count> }

const steps: Step[] = [
  { name: 'types', command: ['tsc', '-p', 'tsconfig.check.json'] },
  { name: 'format and lint', command: ['biome', 'check', '.'] },
  {
    name: 'lint with types',
    command: ['oxlint', '--type-aware', '--deny-warnings', 'contract', 'charts', 'server', 'client', 'web', 'testing', 'bench'],
  },
  { name: 'unused code', command: ['knip'] },
  { name: 'known holes in dependencies', command: ['node', 'testing/audit.ts', '--tell'] },
  { name: 'web build', command: ['node', 'web/build-if-changed.ts'] },
  {
    name: 'unit and integration tests',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reports}/vitest.json`],
    count: async () => {
      const { numPassedTests, numTotalTests } = await report('vitest.json')
      return { passed: numPassedTests, failed: numTotalTests - numPassedTests }
    },
  },
  {
    name: 'end-to-end tests',
    command: ['playwright', 'test', '-c', 'testing/end-to-end/playwright.config.ts'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: `${reports}/playwright.json` },
    count: async () => {
      const { stats } = await report('playwright.json')
      return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped }
    },
  },
]

const report = async (name: string) => JSON.parse(await readFile(`${reports}/${name}`, 'utf8'))

await rm(reports, { recursive: true, force: true })
await mkdir(reports, { recursive: true })
const total: Count = { passed: 0, failed: 0 }
for (const { name, command, env, count } of steps) {
  console.log(`\n— ${name}`)
  const [program, ...args] = command as [string, ...string[]]
  const code = await new Promise<number>((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
    child.on('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.on('exit', (code) => resolve(code ?? 1))
  })
  const counted = count ? await count().catch(() => ({ passed: 0, failed: 0 })) : { passed: code === 0 ? 1 : 0, failed: 0 }
  // A runner that failed without a failed test (a crash, a file that does not load) is a failure all the same.
  if (code !== 0 && counted.failed === 0) counted.failed = 1
  total.passed += counted.passed
  total.failed += counted.failed
}
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)
