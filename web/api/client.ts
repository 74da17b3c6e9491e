import { createClient } from '../../client/client.ts'
import { noteReachable, noteUnreachable } from './connection.ts'

/** The API of the server that served this page. */
export const client = createClient({
  fetch: async (input, init) => {
    try {
      const response = await fetch(input, init)
      noteReachable()
      return response
    } catch (error) {
      if (!init?.signal?.aborted) noteUnreachable()
      throw error
    }
  },
})
