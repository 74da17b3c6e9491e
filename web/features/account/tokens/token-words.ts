import type { Token } from '../../../../contract/tokens.ts'

/** `reads`, `changes`, `reads and changes`: what a program with it can do. */
export const scopeWords = (scopes: Token['scopes']) => scopes.map((scope) => (scope === 'read' ? 'reads' : 'changes')).join(' and ')

export const isExpired = ({ expires_at }: Pick<Token, 'expires_at'>) => expires_at !== null && Date.parse(expires_at) <= Date.now()
