/** One look through the whole file before anything is decided: how many rows, which words, which dates. */

import { cellText, type Table } from '../reading/table.ts'
import { shown } from '../rows/problems.ts'
import type { DateEvidence } from '../values/dates.ts'
import { evidenceOf } from '../values/dates.ts'

export type DateSurvey = { dmy: number; mdy: number; open: number; openSample: string | null }

export type Survey = {
  total: number
  firstRows: string[][]
  /** Up to three different values a column. */
  samples: string[][]
  /** By the index of a column that may hold statuses: each word and how often it stands there. */
  words: Map<number, Map<string, number>>
  dates: Map<number, DateSurvey>
}

// A column with more different words than that holds no statuses.
const mostWords = 200

export async function surveyOf(table: Table, columns: { words: number[]; dates: number[] }): Promise<Survey> {
  const survey: Survey = {
    total: 0,
    firstRows: [],
    samples: table.columns.map(() => []),
    words: new Map(columns.words.map((at) => [at, new Map()])),
    dates: new Map(columns.dates.map((at) => [at, { dmy: 0, mdy: 0, open: 0, openSample: null }])),
  }
  for await (const rows of table.batches()) {
    survey.total += rows.length
    for (const { cells, flaw } of rows) {
      if (flaw) continue
      if (survey.firstRows.length < 5) survey.firstRows.push(cells.map((cell) => shown(cellText(cell))))
      for (const [at, words] of survey.words) {
        const word = shown(cellText(cells[at]).trim())
        if (word !== '' && (words.has(word) || words.size < mostWords)) words.set(word, (words.get(word) ?? 0) + 1)
      }
      for (const [at, dates] of survey.dates) count(dates, cellText(cells[at]))
    }
    if (survey.total <= 2_000)
      sample(
        survey,
        rows.map(({ cells }) => cells),
      )
  }
  return survey
}

function sample(survey: Survey, rows: Parameters<typeof cellText>[0][][]): void {
  for (const [at, samples] of survey.samples.entries()) {
    for (const cells of rows) {
      if (samples.length >= 3) break
      const text = shown(cellText(cells[at]).trim())
      if (text !== '' && !samples.includes(text)) samples.push(text)
    }
  }
}

function count(dates: DateSurvey, text: string): void {
  const evidence: DateEvidence = evidenceOf(text)
  if (evidence === null) return
  dates[evidence]++
  if (evidence === 'open') dates.openSample ??= text.trim()
}
