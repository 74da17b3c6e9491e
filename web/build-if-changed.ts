/** Builds the web app if its sources are not those of the last build. Run before each start, so it must cost next to nothing. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const home = join(import.meta.dirname, '..')
const stampFile = join(import.meta.dirname, 'dist', '.built-from')

function fingerprint(): string {
  const hash = createHash('sha1')
  const add = (path: string) => {
    const { size, mtimeMs } = statSync(join(home, path))
    hash.update(`${path}:${size}:${mtimeMs}\n`)
  }
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(home, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`
      if (path === 'web/dist' || entry.name.endsWith('.test.ts')) continue
      if (entry.isDirectory()) walk(path)
      else add(path)
    }
  }
  for (const folder of ['client', 'contract', 'web']) walk(folder)
  add('package-lock.json')
  return hash.digest('hex')
}

function lastBuilt(): string | null {
  try {
    return readFileSync(stampFile, 'utf8')
  } catch {
    return null
  }
}

/** Each text once more in what browsers unpack: a third of it is to be fetched, and nothing is left to do for a request. */
async function compress(folder: string): Promise<void> {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  const texts = readdirSync(folder).filter((name) => /\.(js|css|svg)$/.test(name))
  await Promise.all(
    texts.map(async (name) => {
      const path = join(folder, name)
      const text = await readFile(path)
      await writeFile(`${path}.br`, await promisify(brotliCompress)(text, quality))
      await writeFile(`${path}.gz`, await promisify(gzip)(text, { level: 9 }))
    }),
  )
}

const now = fingerprint()
if (lastBuilt() !== now) {
  const started = performance.now()
  // Vite takes longer to import than the rest takes to run.
  const { build } = await import('vite')
  try {
    await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'silent' })
    await compress(join(import.meta.dirname, 'dist', 'assets'))
  } catch (error) {
    console.error(`The web app could not be built. ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
  writeFileSync(stampFile, now)
  console.log(`Built the web app in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
