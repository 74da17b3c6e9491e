import type { Total } from '../../contract/fields.ts'

/** `117`, or `1,000+` where nobody counted further. */
export const totalText = ({ value, relation }: Total, locale: string) => `${value.toLocaleString(locale)}${relation === 'exact' ? '' : '+'}`
