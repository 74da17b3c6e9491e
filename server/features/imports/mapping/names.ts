/** The name of a column without regard to case, spaces and punctuation. `Name#2` is another column than `Name`. */
export const foldName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#+]+/gu, '')
