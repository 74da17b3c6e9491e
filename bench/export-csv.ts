/** Promise: CSV of 100,000 jobs at 70 % of the speed of `COPY … TO STDOUT` of the same query, memory growing by 50 MB at most. */
import { measureExport } from './measure-export.ts'

await measureExport('csv')
