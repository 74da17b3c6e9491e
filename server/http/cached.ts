import type { AnswerOf, Endpoint, QueryOf } from '../../contract/endpoint.ts'
import { Answer, ReadyJson } from './answer.ts'
import type { Call } from './mount.ts'

/** In seconds; only how long it may lie in the cache, for nobody is ever given what is not true any more. */
export const keptFor = { lists: 15 * 60, profile: 60 * 60, analytics: 5 * 60 } as const

type Keeping<E extends Endpoint> = {
  seconds: number
  /** Of an answer that would be another one at another moment, whatever was written: it is made anew for everybody. */
  dependsOnClock?: (query: QueryOf<E>) => boolean
  /** The instant from which on the clock alone would make it another one, in milliseconds. */
  until?: (answer: AnswerOf<E>, call: Call<E>) => number | undefined | Promise<number>
}

/**
 * A handler whose answers are kept until something of the user's changes, and given again byte for byte. What it answers must
 * follow from the user, the query and tables that the generations follow (see the migration 0007), and from the clock only
 * as far as `dependsOnClock` and `until` say.
 */
export const cached =
  <E extends Endpoint>(endpoint: E, keeping: Keeping<E>, handler: (call: Call<E>) => Promise<AnswerOf<E>>) =>
  async (call: Call<E>): Promise<Answer<AnswerOf<E>> | AnswerOf<E>> => {
    const { app, user, query } = call
    if (user === null || keeping.dependsOnClock?.(query)) return handler(call)
    const question = { userId: user.id, name: endpoint.path, key: JSON.stringify(query ?? {}), seconds: keeping.seconds }
    const { json, outcome } = await app.cache.answer(question, async () => {
      const answer = await handler(call)
      return { json: Buffer.from(JSON.stringify(answer)), until: await keeping.until?.(answer, call) }
    })
    return new Answer(endpoint.status, new ReadyJson(json) as AnswerOf<E>, { 'server-timing': `cache;desc=${outcome}` })
  }
