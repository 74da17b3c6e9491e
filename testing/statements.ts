import pg from 'pg'

/** What is sent to any database by this process while `work` runs, which can look at it meanwhile. */
export async function statementsOf(work: (sent: readonly string[]) => Promise<unknown>): Promise<string[]> {
  const sent: string[] = []
  const query = Reflect.get(pg.Client.prototype, 'query') as (...args: unknown[]) => unknown
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args
    sent.push(typeof first === 'string' ? first : ((first as { text?: string }).text ?? ''))
    return query.apply(this, args)
  } as typeof pg.Client.prototype.query
  try {
    await work(sent)
  } finally {
    pg.Client.prototype.query = query as typeof pg.Client.prototype.query
  }
  return sent
}
