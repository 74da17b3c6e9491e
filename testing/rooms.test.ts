import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** The arrows of docs/architecture.md: which room may import which. */

const root = fileURLToPath(new URL('..', import.meta.url))
const rooms = ['contract', 'charts', 'server', 'client', 'web', 'testing', 'bench']

type Import = { from: string; to: string }

const files = rooms.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .map((name) => join(room, name))
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('web/dist/')),
)
const imports: Import[] = files.flatMap((from) => {
  const source = readFileSync(join(root, from), 'utf8')
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map((match) => ({
    from,
    to: relative(root, resolve(root, dirname(from), match[1] as string)),
  }))
})

const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith('testing/') || file.startsWith('bench/')
const room = (file: string) => file.split('/')[0] as string
const feature = (file: string) => /^(?:server|web)\/features\/([^/]+)\//.exec(file)?.[1]
const machinery = ['http', 'live', 'tasks', 'database', 'cache', 'limits', 'observability', 'outgoing', 'redis']
const isMachinery = (file: string) => machinery.some((name) => file.startsWith(`server/${name}/`))
const broken = (refused: (one: Import) => boolean) =>
  imports.filter((one) => !isTest(one.from) && refused(one)).map(({ from, to }) => `${from} → ${to}`)

test('the files were found, and every relative import leads to one of them', () => {
  expect(files.length).toBeGreaterThan(60)
  const known = new Set(files)
  expect(imports.filter(({ from, to }) => !isTest(from) && /\.tsx?$/.test(to) && !known.has(to) && !to.startsWith('..'))).toEqual([])
})

test('contract imports nothing of ours', () => {
  expect(broken(({ from, to }) => room(from) === 'contract' && room(to) !== 'contract')).toEqual([])
})

test('web → client → contract ← server, and both draw with charts', () => {
  const allowed: Record<string, string[]> = {
    contract: ['contract'],
    charts: ['charts', 'contract'],
    client: ['client', 'contract'],
    web: ['web', 'client', 'charts', 'contract'],
    server: ['server', 'charts', 'contract'],
  }
  expect(broken(({ from, to }) => allowed[room(from)] !== undefined && !allowed[room(from)]?.includes(room(to)))).toEqual([])
})

test('machinery never imports a feature', () => {
  expect(broken(({ from, to }) => isMachinery(from) && feature(to) !== undefined && !to.endsWith('/table.ts'))).toEqual([])
})

test('only the database room and the types index know a table of a feature', () => {
  expect(
    broken(({ from, to }) => to.endsWith('/table.ts') && feature(from) !== feature(to) && from !== 'server/database/tables.ts'),
  ).toEqual([])
})

test('a server feature uses another by its main file, never its queries or routes', () => {
  const reachesIn = ({ from, to }: Import) => {
    const [here, there] = [feature(from), feature(to)]
    return (
      from.startsWith('server/features/') &&
      here !== undefined &&
      there !== undefined &&
      here !== there &&
      /(?:queries|routes|table|tasks)\.ts$/.test(to)
    )
  }
  expect(broken(reachesIn)).toEqual([])
})

test('no two features need each other, neither on the server nor in the web app', () => {
  const edges = (side: string) => {
    const found = imports.filter(
      ({ from, to }) =>
        !isTest(from) && from.startsWith(`${side}/features/`) && feature(from) && feature(to) && feature(from) !== feature(to),
    )
    return Map.groupBy(found, (one) => feature(one.from) as string)
  }
  for (const side of ['server', 'web']) {
    const graph = new Map([...edges(side)].map(([from, to]) => [from, new Set(to.map((one) => feature(one.to) as string))]))
    const cycles: string[] = []
    const walk = (name: string, path: string[]) => {
      if (path.includes(name)) cycles.push([...path.slice(path.indexOf(name)), name].join(' → '))
      else for (const next of graph.get(name) ?? []) walk(next, [...path, name])
    }
    for (const name of graph.keys()) walk(name, [])
    expect(cycles).toEqual([])
  }
})

test('inside a feature: routes → noun → queries; queries know neither logic nor HTTP', () => {
  expect(
    broken(
      ({ from, to }) =>
        from.startsWith('server/features/') &&
        /queries\.ts$/.test(from) &&
        (/routes\.ts$/.test(to) || to.startsWith('server/http/') || to === 'server/app.ts'),
    ),
  ).toEqual([])
  expect(broken(({ from, to }) => /routes\.ts$/.test(from) && from.startsWith('server/') && /queries\.ts$/.test(to))).toEqual([])
})

test('settings are read in one place; the only other reader passes PATH and the like on to PostgreSQL', () => {
  const isScript = (file: string) =>
    file.startsWith('server/demo/') || file.startsWith('server/accounts/') || file === 'server/verify-backup.ts'
  const readers = files.filter(
    (file) => file.startsWith('server/') && !isTest(file) && !isScript(file) && /process\.env/.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(readers.toSorted()).toEqual(['server/database/embedded/server-user.ts', 'server/main.ts'])
})
