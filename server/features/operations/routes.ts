import { operations } from '../../../contract/operations.ts'
import { Answer } from '../../http/answer.ts'
import { routes } from '../../http/mount.ts'
import { checkReadiness } from './operations.ts'

export const operationsRoutes = routes(operations, {
  live: async () => ({ status: 'ok' as const }),
  ready: async ({ app }) => {
    const readiness = await checkReadiness(app)
    return new Answer(readiness.status === 'ok' ? 200 : 503, readiness)
  },
})
