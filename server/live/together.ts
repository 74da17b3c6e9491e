/**
 * Questions that come while others are under way are asked together: a single one at once, and the more there is to do, the fewer
 * round trips each costs. Equal ones, by their key, are asked once. `ask` answers in the order of its questions.
 */
export function together<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<Answer[]>,
  { keyOf, most, atOnce }: { keyOf: (question: Question) => string; most: number; atOnce: number },
): (question: Question) => Promise<Answer> {
  type Waiting = { question: Question; answer: Promise<Answer>; settle: (answer: Promise<Answer>) => void }
  const waiting = new Map<string, Waiting>()
  let underWay = 0
  let isPlanned = false

  /** After whatever else is about to ask in this moment. */
  function plan(): void {
    if (isPlanned || underWay >= atOnce || waiting.size === 0) return
    isPlanned = true
    setImmediate(() => {
      isPlanned = false
      void askNext()
      plan()
    })
  }

  async function askNext(): Promise<void> {
    const batch = [...waiting].slice(0, most)
    for (const [key] of batch) waiting.delete(key)
    underWay++
    const answers = ask(batch.map(([, { question }]) => question))
    for (const [at, [, { settle }]] of batch.entries()) settle(answers.then((all) => all[at] as Answer))
    await answers.catch(() => {})
    underWay--
    plan()
  }

  return (question) => {
    const key = keyOf(question)
    const there = waiting.get(key)
    if (there) return there.answer
    let settle!: Waiting['settle']
    const answer = new Promise<Answer>((resolve) => {
      settle = resolve
    })
    waiting.set(key, { question, answer, settle })
    plan()
    return answer
  }
}
