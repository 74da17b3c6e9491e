import { existsSync } from 'node:fs'
import { createApp } from '../app.ts'
import { ConfigError, readConfig } from '../config.ts'
import { EmbeddedDatabaseError } from '../database/embedded/embedded.ts'
import { AppError } from '../errors.ts'
import { runCommand } from './commands.ts'

// What the environment says already wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env')

try {
  // These commands are about accounts, so it goes without saying that there are some.
  await using app = await createApp(readConfig({ LOG_LEVEL: 'warn', ...process.env, AUTH: 'on' }))
  console.log(await runCommand(app, process.argv.slice(2)))
} catch (error) {
  // What the person can put right is said plainly; anything else with its stack.
  const plain = error instanceof ConfigError || error instanceof EmbeddedDatabaseError || error instanceof AppError
  console.error(plain ? error.message : error)
  process.exitCode = 1
}
