import { existsSync } from 'node:fs'
import { createApp } from '../app.ts'
import { ConfigError, readConfig } from '../config.ts'
import { EmbeddedDatabaseError } from '../database/embedded/embedded.ts'
import { AppError } from '../errors.ts'
import { fillWithSample } from './fill.ts'

// What the environment says already wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env')

try {
  await using app = await createApp(readConfig({ LOG_LEVEL: 'warn', ...process.env }))
  const { jobs, applications } = await fillWithSample(app, app.localUser)
  console.log(`Your search now holds a sample: ${jobs} jobs and ${applications} applications of the last ten weeks. npm start shows them.`)
} catch (error) {
  // What the person can put right is said plainly; anything else with its stack.
  const plain = error instanceof ConfigError || error instanceof EmbeddedDatabaseError || error instanceof AppError
  console.error(plain ? error.message : error)
  process.exitCode = 1
}
