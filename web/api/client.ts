import { createClient } from '../../client/client.ts'
import { noteReachable, noteUnreachable } from './connection.ts'
import { noteOwnWrite } from './own-writes.ts'
import { noteSignedIn, untilSignedIn } from './session.ts'

const isForAnybody = (address: string) => /^\/api\/v1\/(?:sign-in-options|invitations\/)/.test(address)

/** Asks the server that served this page, as who is signed in. Refused for want of a session, it waits for one: nothing was done yet. */
export async function ask(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  for (;;) {
    const response = await askOnce(input, init)
    if (response.status !== 401) {
      if (response.ok && !isForAnybody(String(input))) noteSignedIn()
      return response
    }
    await untilSignedIn()
  }
}

async function askOnce(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const isOver = init?.method === 'GET' ? null : noteOwnWrite()
  try {
    const response = await fetch(input, init)
    noteReachable()
    return response
  } catch (error) {
    if (!init?.signal?.aborted) noteUnreachable()
    throw error
  } finally {
    isOver?.()
  }
}

/** The API of the server that served this page. */
export const client = createClient({ fetch: ask })
