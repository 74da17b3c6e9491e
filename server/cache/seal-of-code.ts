import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'

const root = new URL('../../', import.meta.url)

/**
 * The same for processes that run the same code: what another version made of the same records may be another answer, and
 * both may ask one Redis while an upgrade is under way.
 */
export async function sealOfCode(): Promise<string> {
  const hash = createHash('sha256')
  for (const room of ['contract', 'server', 'migrations']) {
    const names = (await readdir(new URL(room, root), { recursive: true })).filter((name) => /(?<!\.test)\.(ts|sql)$/.test(name)).sort()
    const texts = await Promise.all(names.map((name) => readFile(new URL(`${room}/${name}`, root))))
    for (const [at, text] of texts.entries()) hash.update(`${room}/${names[at]}\0`).update(text)
  }
  return hash.digest('hex').slice(0, 12)
}
