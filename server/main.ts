import { existsSync } from 'node:fs'
import { enableCompileCache, flushCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Keeps what Node made of the sources: half the time of a start is reading TypeScript. What is imported statically would
// be loaded before this line runs. Where the folder cannot be written, it is as if this were not here.
enableCompileCache(fileURLToPath(new URL('../.cache/compiled', import.meta.url)))
const [{ createApp }, { ConfigError, readConfig }, { EmbeddedDatabaseError }, { startServer }] = await Promise.all([
  import('./app.ts'),
  import('./config.ts'),
  import('./database/embedded/embedded.ts'),
  import('./server.ts'),
])

const stopWithin = 10_000

// What the environment says already wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env')

try {
  const app = await createApp(readConfig(process.env))
  const server = await startServer(app).catch(async (error: unknown) => {
    await app[Symbol.asyncDispose]()
    throw error
  })

  // Through npm a Ctrl-C arrives twice, hence once; what is under way may finish before the database goes.
  const stop = async (signal: string) => {
    if (app.lifecycle.stopping) return
    app.lifecycle.stopping = true
    app.log.info({ signal }, 'stopping')
    setTimeout(() => {
      app.log.error('did not stop in time; ending now')
      process.exit(1)
    }, stopWithin).unref()
    await server.stop()
    await app[Symbol.asyncDispose]()
    app.log.info('stopped')
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal))
  app.log.info({ url: server.url }, `Landed is at ${server.url}`)
  // By itself it would be written at the end, which a kill does not wait for.
  flushCompileCache()
} catch (error) {
  // What the person who starts it can put right is said plainly; anything else with its stack.
  const plain = error instanceof ConfigError || error instanceof EmbeddedDatabaseError || isPortTaken(error)
  console.error(plain ? messageOf(error) : error)
  process.exit(1)
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
}

function messageOf(error: unknown): string {
  const { message } = error as Error
  return isPortTaken(error) ? `Landed cannot listen there: ${message}. Another Landed may be running; or set PORT to a free port.` : message
}
