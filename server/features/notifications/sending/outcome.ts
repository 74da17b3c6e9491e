/** What came of an attempt. `failed`: no other attempt could do better. */
export type Outcome = {
  status: 'sent' | 'failed' | 'dropped' | 'retry'
  /** The address, or the browser in words. */
  goesTo: string | null
  /** For the person it was meant for. */
  reason: string | null
  /** When they who refused it said when to come again. */
  retryAfterMs?: number
}
