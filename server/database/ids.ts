import { randomFillSync } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'

const idsAFill = 1_000

/** UUIDv7 in the order of the file: rows of one import share their instant, so the id alone orders them. Random bytes by the thousand. */
export function idsInOrder(): () => string {
  const random = new Uint8Array(16 * idsAFill)
  const msecs = Date.now()
  let made = 0
  return () => {
    const at = (made % idsAFill) * 16
    if (at === 0) randomFillSync(random)
    return uuidv7({ msecs, seq: made++, random: random.subarray(at, at + 16) })
  }
}
