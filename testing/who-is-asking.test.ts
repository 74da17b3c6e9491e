import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { api } from '../contract/index.ts'

/** Proves from the sources that one function, in one place, decides who is asking. */

const root = fileURLToPath(new URL('..', import.meta.url))
const theOne = 'server/http/who-is-asking.ts'

const sources = new Map(
  readdirSync(join(root, 'server'), { recursive: true, encoding: 'utf8' })
    .map((name) => join('server', name))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => [name, withoutComments(readFileSync(join(root, name), 'utf8'))]),
)

type Import = { from: string; to: string; names: string[] }

// `import { a, type B } from './c.ts'`, `export … from`, and `import('./c.ts')`, over any number of lines.
const imports: Import[] = [...sources].flatMap(([from, source]) =>
  [...source.matchAll(/(?:\b(?:import|export)\s+(?:type\s+)?([^'";]*?)\s*from\s*|\bimport\s*\(?\s*)'(\.[^']+)'/g)].map((match) => ({
    from,
    to: relative(root, resolve(root, dirname(from), match[2] as string)),
    names: /\btype\s+\{/.test(match[0]) ? [] : valuesOf(match[1] ?? '*'),
  })),
)

/** Names without the types among them. */
function valuesOf(clause: string): string[] {
  const list = /\{([^}]*)\}/.exec(clause)?.[1]
  if (list === undefined) return [clause.trim()]
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

const filesWith = (pattern: RegExp) => [...sources].filter(([, source]) => pattern.test(source)).map(([name]) => name)
const importersOf = (file: string) =>
  imports.filter(({ to, names }) => to === file && names.length > 0).map(({ from, names }) => ({ from, names }))

test('the sources and their imports were found', () => {
  expect(sources.size).toBeGreaterThan(80)
  expect(imports.length).toBeGreaterThan(200)
  expect(importersOf('server/database/transaction.ts').length).toBeGreaterThan(3)
  expect(imports.filter(({ to }) => !sources.has(to) && !/^(contract|charts|migrations)\//.test(to))).toEqual([])
})

test('there is one implementation; it is called where requests and where connections come in, and nowhere else', () => {
  expect(filesWith(/\bfunction\s+whoIsAsking\b|\bwhoIsAsking\s*[:=]/)).toEqual([theOne])
  // A connection is asked when it comes, when it sends a token, and again with every heartbeat: it may outlive a session.
  const callers = importersOf(theOne).filter(({ names }) => names.includes('whoIsAsking'))
  expect(callers.toSorted((a, b) => (a.from < b.from ? -1 : 1))).toEqual([
    { from: 'server/live/connection.ts', names: ['whoIsAsking'] },
    { from: 'server/live/sockets.ts', names: ['whoIsAsking'] },
    { from: 'server/server.ts', names: ['whoIsAsking'] },
  ])
  for (const name of ['server/live/connection.ts', 'server/live/sockets.ts'])
    expect(sources.get(name)?.match(/\bwhoIsAsking\(/g)).toHaveLength(1)
  expect(sources.get('server/server.ts')?.match(/\bwhoIsAsking\(/g)).toHaveLength(1)
})

test('a request gets its user in one place, and everybody else only reads it', () => {
  const assigned = [...sources].flatMap(([name, source]) =>
    [...source.matchAll(/\brequest\.user\s*(?:\?\?=|\|\|=|=(?!=))|\bObject\.assign\(\s*request\b/g)].map(() => name),
  )
  expect(assigned).toEqual(['server/server.ts'])
  expect(filesWith(/decorateRequest\(\s*'user'/)).toEqual(['server/server.ts'])
})

test('nobody else looks for a user: not at the local one, not at what a request carries', () => {
  // The sample of `npm run demo` is written for the local user, and a scratch schema has an owner of its own, both without any request.
  const mayKnow = [theOne, 'server/app.ts', 'server/database/local-user.ts', 'server/database/scratch-schema.ts']
  expect(
    filesWith(/\blocalUser\b|\bis_local\b/).filter(
      (name) => !mayKnow.includes(name) && !name.startsWith('server/demo') && !name.startsWith('server/features/account/'),
    ),
  ).toEqual([])
  // The log leaves them out; signing in passes a cookie on to what made it.
  const mayRead = [theOne, 'server/features/account/sign-in.ts']
  expect(
    filesWith(/headers(?:\.|\[')(?:authorization|cookie)|'x-user|x-forwarded-user/i).filter((name) => !mayRead.includes(name)),
  ).toEqual([])
  expect(filesWith(/\bfrom sessions\b|\bfrom tokens\b|selectFrom\('(?:sessions|tokens)'/)).toEqual([theOne])
  expect(importersOf('server/http/origin.ts')).toEqual([{ from: theOne, names: ['refuseForeignOrigin'] }])
})

test('who sees the rows of everybody is known: finding who asks, accounts, and what looks after all of them alike', () => {
  const callers = importersOf('server/database/row-security.ts').filter(({ names }) => names.includes('forEverybody'))
  expect(callers.map(({ from }) => from).toSorted()).toEqual([
    'server/database/server-keys.ts',
    'server/database/statistics.ts',
    'server/database/stream-copy.ts',
    'server/features/account/account.ts',
    'server/features/account/admin.ts',
    'server/features/account/invites.ts',
    'server/features/account/sign-in.ts',
    'server/features/backups/daily.ts',
    'server/features/backups/verify.ts',
    'server/features/bulk/bulk.ts',
    'server/features/imports/background.ts',
    'server/features/matches/scoring.ts',
    'server/features/notifications/clock.ts',
    'server/features/notifications/notifications.ts',
    'server/features/notifications/reminders.ts',
    'server/features/notifications/sending/send-due.ts',
    'server/features/notifications/sending/sender.ts',
    'server/features/operations/metrics.ts',
    'server/features/search/counting.ts',
    'server/features/tasks/start.ts',
    theOne,
  ])
  expect(filesWith(/set_config\('role'|set_config\('landed\.user_id'|\bset role\b/)).toEqual([
    'server/database/row-security.ts',
    'server/database/scratch-schema.ts',
  ])
})

test('what asks for nobody is the health of the server and what one must know to sign in', () => {
  const open = Object.values(api).flatMap((endpoints) =>
    Object.values(endpoints)
      .filter((endpoint) => endpoint.access === 'public')
      .map((endpoint) => endpoint.path as string),
  )
  expect(open).toEqual(['/sign-in-options', '/invitations/{secret}', '/health/live', '/health/ready'])
})
