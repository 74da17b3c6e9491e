import pg from 'pg'

/** Called when a statement is sent; what it gives back, when it was answered. */
export type OnStatement = (text: string) => (error?: unknown) => void

type Callback = (error: unknown, result: unknown) => void

/** A client that tells of each statement, whoever sends it: the pool, a transaction, or a query builder. */
export function timedClient(onStatement: OnStatement): typeof pg.Client {
  return class extends pg.Client {
    // The driver has a dozen signatures for this; all of them come down to these arguments.
    override query(...args: unknown[]): never {
      const send = super.query as unknown as (...args: unknown[]) => unknown
      const [first] = args
      // A stream, such as COPY, takes as long as its reader: that says nothing of the database.
      if (typeof first === 'object' && first !== null && 'submit' in first) return send.apply(this, args) as never
      const end = onStatement(typeof first === 'string' ? first : (first as { text: string }).text)
      const callback = args.at(-1)
      if (typeof callback === 'function') {
        const told: Callback = (error, result) => {
          end(error ?? undefined)
          ;(callback as Callback)(error, result)
        }
        return send.apply(this, [...args.slice(0, -1), told]) as never
      }
      const answer = send.apply(this, args) as Promise<unknown>
      answer.then(() => end(), end)
      return answer as never
    }
  } as typeof pg.Client
}
