import { createClient } from '../client/client.ts'
import type { TestApp } from './test-app.ts'

/** For useTestApp: a server with accounts. */
export const accountsOn = { AUTH: 'on', AUTH_SECRET: 'a secret of tests, as long as it must be' }

export const goodPassword = 'correct horse battery'

/** Somebody who has signed in: asks as they do. */
export type Person = TestApp & { email: string }

/** Asks with these headers beside those of each request. */
export const askingWith = (t: TestApp, headers: Record<string, string>): TestApp => ({
  ...t,
  headers,
  client: createClient({ baseUrl: t.url, headers }),
  send: (method, path, more = {}) => t.send(method, path, { ...more, headers: { ...headers, ...more.headers } }),
})

/** Makes an account and signs in. */
export async function makePerson(t: TestApp, email: string, password = goodPassword): Promise<Person> {
  const made = await t.send('POST', '/api/auth/sign-up/email', { body: { email, password } })
  if (!made.ok) throw new Error(`sign-up: ${made.status} ${await made.text()}`)
  return signIn(t, email, password)
}

export async function signIn(t: TestApp, email: string, password = goodPassword): Promise<Person> {
  const answer = await t.send('POST', '/api/auth/sign-in/email', { body: { email, password } })
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`)
  return { ...askingWith(t, { cookie: cookieOf(answer) }), email }
}

/** What a browser would send back. */
export const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')

/** A token of theirs, as the headers that carry it. */
export async function tokenOf(person: TestApp, scopes: ('read' | 'write')[]): Promise<Record<string, string>> {
  const { token } = await person.client.tokens.create({ body: { name: 'test', scopes } })
  return { authorization: `Bearer ${token}` }
}
