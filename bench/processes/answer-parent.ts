/** Does what the parent asks for, one after the other, and says how it went: see startWorker. */
// biome-ignore lint/suspicious/noExplicitAny: each act has types of its own, which its caller has checked
type Acts = Record<string, (about: any) => Promise<unknown>>

export function answerParent<A extends Acts>(acts: { [Name in keyof A]: A[Name] }): void {
  process.on('message', ({ name, about }: { name: keyof A; about: unknown }) => {
    void acts[name](about).then(
      (answer) => process.send?.({ answer: answer ?? null }),
      (error: unknown) => process.send?.({ error: String((error as Error).stack ?? error) }),
    )
  })
  // Whoever lost its parent measures for nobody.
  process.on('disconnect', () => process.exit(1))
}
