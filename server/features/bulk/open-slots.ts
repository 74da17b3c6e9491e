import type { Target } from './errors.ts'

/** An application as it is going to be. */
export type Claim = Target & { jobId: string; isOpen: boolean }

/**
 * One open application a job: whoever holds the place keeps it unless this change closes it; then the first of the request gets it.
 * `holders`: the open application of each job, as it is now. What closes comes in a group before what opens, since the database
 * looks at each row as it is written.
 */
export function withOneOpen<T extends Claim>(claims: readonly T[], holders: Map<string, string>): { groups: T[][]; refused: T[] } {
  for (const { id, jobId, isOpen } of claims) if (!isOpen && holders.get(jobId) === id) holders.delete(jobId)
  const refused = new Set<T>()
  for (const claim of claims) {
    if (!claim.isOpen) continue
    const holder = holders.get(claim.jobId)
    if (holder !== undefined && holder !== claim.id) refused.add(claim)
    else holders.set(claim.jobId, claim.id)
  }
  const granted = claims.filter((claim) => !refused.has(claim))
  return { groups: [granted.filter(({ isOpen }) => !isOpen), granted.filter(({ isOpen }) => isOpen)], refused: [...refused] }
}
