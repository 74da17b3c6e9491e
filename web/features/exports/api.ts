import { queryOptions } from '@tanstack/react-query'
import type { ExportKind } from '../../../contract/exports.ts'
import type { Total } from '../../../contract/fields.ts'
import { client } from '../../api/client.ts'
import { keysOf } from '../../api/keys.ts'

/** How many records a file with this filter would hold. */
export const totalOf = (kind: ExportKind, query: object) =>
  queryOptions({
    queryKey: [...keysOf(kind).lists, 'total', query],
    queryFn: async ({ signal }): Promise<Total> => (await client[kind].list({ query: { ...query, limit: 1 }, signal })).total,
  })
