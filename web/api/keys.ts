/**
 * Query keys of a feature: `['jobs', 'list', filter]`, `['jobs', 'one', id]`. Invalidating `all` reaches everything of it,
 * `lists` every list whatever its filter. More specific data of one record goes under its key: `[...keys.one(id), 'events']`.
 */
export const keysOf = <Name extends string>(name: Name) => ({
  all: [name] as const,
  lists: [name, 'list'] as const,
  list: (filter: object) => [name, 'list', filter] as const,
  ones: [name, 'one'] as const,
  one: (id: string) => [name, 'one', id] as const,
})
