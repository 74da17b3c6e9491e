/** Promise: 5,000 job rows at 40 % of the rows per second of COPY of the same rows. */
import { measureImport } from './measure-import.ts'

await measureImport({ rows: 5_000, rounds: 5, share: 0.4 })
