import { problemOf, UnreachableError } from '../../../client/client.ts'
import { ask } from '../../api/client.ts'
import { unsubscribeHere } from '../../api/own-push.ts'

type Asking = {
  /** As who is signed in: waits for that where the session has ended. */
  signedIn?: boolean
}

/** Asks /api/auth/*, which is no part of the contract. Throws like the client. */
export async function askAuth(path: string, body?: object, { signedIn = false }: Asking = {}): Promise<unknown> {
  const response = await (signedIn ? ask : fetch)(`/api/auth${path}`, {
    method: body ? 'POST' : 'GET',
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  }).catch((error: unknown) => {
    throw new UnreachableError(error)
  })
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) throw await problemOf(response)
  if (!response.ok) throw new UnreachableError(new Error(`${path} answered ${response.status}`))
  return response.json()
}

export async function signOut(): Promise<void> {
  await askAuth('/sign-out', {})
  // What comes by push would be shown to whoever is here next. A push service that cannot be reached keeps nobody.
  await Promise.race([unsubscribeHere(), new Promise((resolve) => setTimeout(resolve, 2_000))]).catch(() => {})
  location.assign('/sign-in')
}

/** Leaves for the provider, and comes back to `back`, or to the page to sign in with a word of why not. */
export async function signInElsewhere(back: string): Promise<void> {
  const { url } = (await askAuth('/sign-in/social', { provider: 'oidc', callbackURL: back, errorCallbackURL: '/sign-in' })) as {
    url: string
  }
  location.assign(url)
}
