import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { LaunchOptions } from '@playwright/test'

/** A Chromium that npm alone brings on Linux x64; elsewhere CHROMIUM_PATH or an installed Chrome. */
export async function chromiumLaunch(): Promise<LaunchOptions> {
  // Without the background flags every start tries to reach its maker, in vain on a closed network.
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
  ]
  const given = process.env['CHROMIUM_PATH']
  if (given) return { executablePath: given, args }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome', args }
  const cache = fileURLToPath(new URL('../../.cache/chromium', import.meta.url))
  await mkdir(cache, { recursive: true })
  // The package unpacks itself into TMPDIR.
  process.env['TMPDIR'] = cache
  const { default: chromium } = await import('@sparticuz/chromium')
  const executablePath = await chromium.executablePath()
  if (!existsSync(executablePath)) throw new Error(`@sparticuz/chromium did not unpack to ${executablePath}`)
  return { executablePath, args }
}
