/** The versions a caller allows the record to have; undefined: any. */
export type Expected = readonly number[] | undefined

export const etagOf = (version: number) => `"${version}"`

/** Reads If-Match and a `version` in the body; with both, both must hold. A tag we never gave matches nothing. */
export function expectedVersions(ifMatch: string | undefined, body: unknown): Expected {
  const fromHeader =
    ifMatch === undefined || ifMatch.trim() === '*'
      ? undefined
      : ifMatch.split(',').map((tag) => Number(/^(?:W\/)?"(\d+)"$/.exec(tag.trim())?.[1] ?? Number.NaN))
  const version = typeof body === 'object' && body !== null && 'version' in body ? body.version : undefined
  if (typeof version !== 'number') return fromHeader
  return fromHeader === undefined || fromHeader.includes(version) ? [version] : []
}
