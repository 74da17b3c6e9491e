/** Promise: 100,000 job rows at 40 % of the rows per second of COPY, memory growing by 200 MB at most. */
import { measureImport } from './measure-import.ts'

await measureImport({ rows: 100_000, rounds: 2, share: 0.4 })
