export type Bell = {
  ring(): void
  /** Resolves when it rings for the next time. */
  next(): Promise<void>
}

export function makeBell(): Bell {
  let { promise, resolve } = Promise.withResolvers<void>()
  return {
    next: () => promise,
    ring: () => {
      resolve()
      ;({ promise, resolve } = Promise.withResolvers<void>())
    },
  }
}
