import pg from 'pg'

/** What PostgreSQL did for one statement: each node of its plan, as EXPLAIN (ANALYZE, FORMAT JSON) tells it. */
type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Node[]
}

export type Plan = { statement: string; nodes: Node[] }

/** The plans of all that this process reads from any database while `work` runs, as they are executed: with the same settings, in the same transaction. */
export async function plansOf(work: () => Promise<unknown>): Promise<Plan[]> {
  const plans: Promise<Plan>[] = []
  const query = Reflect.get(pg.Client.prototype, 'query') as (...args: unknown[]) => unknown
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const { text, values } = typeof args[0] === 'string' ? { text: args[0], values: args[1] } : (args[0] as pg.QueryConfig)
    if (/^\s*(?:select|with)\b/i.test(text)) {
      // A client answers in order, so this one is explained before it runs.
      const explained = query.call(this, { text: `explain (analyze, timing off, format json) ${text}`, values }) as Promise<
        pg.QueryResult<{ 'QUERY PLAN': [{ Plan: Node }] }>
      >
      plans.push(explained.then(({ rows }) => ({ statement: text, nodes: flatten(rows[0]!['QUERY PLAN'][0].Plan) })))
    }
    return query.apply(this, args)
  } as typeof pg.Client.prototype.query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query as typeof pg.Client.prototype.query
  }
  return Promise.all(plans)
}

const flatten = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flatten)]

/** How many rows of a table were looked at, those that were not wanted among them. */
export const rowsVisited = (plan: Plan, table: string): number =>
  plan.nodes
    .filter((node) => node['Relation Name'] === table)
    .reduce(
      (sum, node) =>
        sum +
        node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)),
      0,
    )

/** Whether a table was read from end to end. */
export const isScanned = (plan: Plan, table: string): boolean =>
  plan.nodes.some((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === table)
