/** What is set: everything in words already, so that a template only has to place it. It goes to the typesetter as JSON. */
import type { Bar } from '../../../../charts/activity.ts'
import type { Share, Step } from '../../../../charts/ranking.ts'

export type Sheet = {
  paper: 'a4' | 'us-letter'
  /** A wide table lies across the sheet. */
  flipped: boolean
  title: string
  period: string
  /** What else the records were chosen by. */
  filters: string[]
  /** At the foot of each page. */
  made: string
  /** The day it was made, for the file's own properties. */
  date: { year: number; month: number; day: number }
}

type Status = { word: string; fg: string; bg: string }

/** Text alone, text with something quieter below it, a status as a coloured word, or a link. */
export type Cell =
  | string
  | { strong: string; under: string }
  | { plain: string; under: string }
  | { status: Status }
  | { text: string; link: string }

/** `width` in shares of what the columns that are as wide as their text leave. */
export type Column = { label: string; width: number | 'auto'; align: 'left' | 'right' }

export type Table = { columns: Column[]; rows: Cell[][] }

export type Figure = { value: string; label: string; detail: string }

/** As wide as the page, or half of it. `alt` says what is to be seen, for those who cannot. */
export type Chart = { title: string; alt: string; isWide: boolean } & (
  | { kind: 'activity'; bars: Bar[] }
  | { kind: 'funnel'; steps: Step[] }
  | { kind: 'demand'; shares: Share[] }
)

export type Report = Sheet & {
  layout: 'report'
  figures: Figure[]
  charts: Chart[]
  heading: string
  table: Table
  /** Said instead when there are no records. */
  empty: string
}

type Week = { label: string; count: string; rows: Cell[][] }

export type Proof = Sheet & {
  layout: 'proof-of-search'
  summary: string[]
  columns: Column[]
  weeks: Week[]
  /** What the person signs. */
  statement: string
  empty: string
}

export type PdfDocument = Report | Proof
