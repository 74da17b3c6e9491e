/** Written by triggers on jobs and by counting.ts: see the migration. */
export type SearchTermsTable = { user_id: string; kind: string; key: string; value: string; jobs: number }
export type SearchWordsTable = { user_id: string; word: string; jobs: number }
export type SearchChangesTable = {
  id: string
  user_id: string
  job_id: string
  change: number
  live: boolean
  company: string
  title: string
  location: string | null
  tech_stack: string[]
  words: string[] | null
}
