export type UsersTable = { id: string; email: string | null; is_local: boolean; created_at: string }
