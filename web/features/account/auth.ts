import { ProblemError, UnreachableError } from '../../../client/client.ts'
import type { Problem } from '../../../contract/problems.ts'

/** Asks /api/auth/*, which is no part of the contract. Throws like the client. */
export async function askAuth(path: string, body?: object): Promise<unknown> {
  const response = await fetch(`/api/auth${path}`, {
    method: body ? 'POST' : 'GET',
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  }).catch((error: unknown) => {
    throw new UnreachableError(error)
  })
  if (response.headers.get('content-type')?.startsWith('application/problem+json'))
    throw new ProblemError((await response.json()) as Problem)
  if (!response.ok) throw new UnreachableError(new Error(`${path} answered ${response.status}`))
  return response.json()
}

export async function signOut(): Promise<void> {
  await askAuth('/sign-out', {})
  location.assign('/sign-in')
}
