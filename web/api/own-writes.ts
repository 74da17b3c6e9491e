/** What this tab itself changes: while it is under way, what the server tells of it would undo what is shown already. */
let underWay = 0
let lastAt = Number.NEGATIVE_INFINITY

/** Call what it gives when the write is over. */
export function noteOwnWrite(): () => void {
  underWay++
  return () => {
    underWay--
    lastAt = performance.now()
  }
}

const pause = 150

/** Puts calls together into one, after a moment in which nothing more came and no write of our own is under way. */
export function afterOwnWrites(run: () => void, { waitMs = pause, afterOwnMs = pause } = {}): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null
  const attempt = () => {
    const rest = underWay > 0 ? pause : lastAt + afterOwnMs - performance.now()
    timer = rest > 0 ? setTimeout(attempt, rest) : null
    if (timer === null) run()
  }
  return () => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(attempt, waitMs)
  }
}
