import { createClient } from '../../client/client.ts'
import { noteReachable, noteUnreachable } from './connection.ts'
import { noteOwnWrite } from './own-writes.ts'

/** To sign in and back to here. In place of this page, so that "back" does not lead to it again. */
function askToSignIn() {
  if (location.pathname !== '/sign-in') location.replace(`/sign-in?${new URLSearchParams({ next: location.pathname + location.search })}`)
}

/** The API of the server that served this page. */
export const client = createClient({
  fetch: async (input, init) => {
    const isOver = init?.method === 'GET' ? null : noteOwnWrite()
    try {
      const response = await fetch(input, init)
      noteReachable()
      if (response.status === 401) askToSignIn()
      return response
    } catch (error) {
      if (!init?.signal?.aborted) noteUnreachable()
      throw error
    } finally {
      isOver?.()
    }
  },
})
