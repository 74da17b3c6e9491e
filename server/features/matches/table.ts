export type StaleMatchesTable = { user_id: string; mark: string }
