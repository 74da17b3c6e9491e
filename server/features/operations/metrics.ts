import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge } from 'prom-client'
import type { App } from '../../app.ts'
import { forEverybody } from '../../database/row-security.ts'
import { countWaiting } from './queries.ts'

/** `/metrics`: what was counted since the start, and how things are at this moment. */
export function serveMetrics(server: FastifyInstance, app: App): void {
  const { registry } = app.metrics
  // With the first reader: nobody else pays for watching the event loop.
  let isWatching = false
  const watch = () => {
    if (isWatching) return
    isWatching = true
    collectDefaultMetrics({ register: registry })
    watchConnections(app)
    watchCache(app)
    watchWaiting(app)
  }
  server.get('/metrics', { config: { access: 'operator', limitClass: 'reads' } }, async (_request, reply) => {
    watch()
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

function watchConnections({ metrics: { registry }, pool, streams, live }: App): void {
  const registers = [registry]
  const database = new Gauge({
    name: 'landed_database_connections',
    help: 'Connections of a pool, and requests that wait for one',
    labelNames: ['pool', 'state'],
    registers,
    collect: () => {
      for (const [name, { totalCount, idleCount, waitingCount }] of [
        ['main', pool],
        ['streams', streams],
      ] as const) {
        database.set({ pool: name, state: 'used' }, totalCount - idleCount)
        database.set({ pool: name, state: 'idle' }, idleCount)
        database.set({ pool: name, state: 'waiting' }, waitingCount)
      }
    },
  })
  const listening = new Gauge({
    name: 'landed_live_connections',
    help: 'Live connections of this process that have said hello',
    registers,
    collect: () => {
      listening.set([...live.rooms.values()].reduce((sum, { listeners }) => sum + listeners.size, 0))
    },
  })
}

function watchCache({ metrics: { registry }, cache }: App): void {
  const answers = new Gauge({
    name: 'landed_cache_answers',
    help: 'Answers since the start: given again (hit), made together with others (shared), or made (miss)',
    labelNames: ['list', 'outcome'],
    registers: [registry],
    collect: () => {
      for (const [list, outcomes] of Object.entries(cache.counts()))
        for (const [outcome, n] of Object.entries(outcomes)) answers.set({ list, outcome }, n)
    },
  })
}

function watchWaiting(app: App): void {
  const registers = [app.metrics.registry]
  const waiting = new Gauge({
    name: 'landed_waiting',
    help: 'Work of all processes that is not done yet',
    labelNames: ['kind'],
    registers,
    collect: async () => {
      try {
        for (const [kind, n] of Object.entries(await forEverybody(() => countWaiting(app.db)))) waiting.set({ kind }, n)
        reachable.set(1)
      } catch {
        // The rest is worth knowing just then.
        waiting.reset()
        reachable.set(0)
      }
    },
  })
  const reachable = new Gauge({ name: 'landed_database_up', help: '1: the database answers', registers })
}
