import type { EChartsOption } from 'echarts'
import type { ApplicationStatus } from '../contract/jobs.ts'
import type { Look } from './look.ts'

/** `figure` is what stands beside the bar. */
type Row = { label: string; value: number; figure: string; colour: string }

export type Step = { status: ApplicationStatus; label: string; value: number; figure: string }
export type Share = { label: string; value: number; figure: string }

/** How far applications came, each stage in its colour. */
export const funnelChart = (steps: readonly Step[], look: Look): EChartsOption =>
  rankingChart(
    steps.map(({ status, ...step }) => ({ ...step, colour: look.status[status].fg })),
    look,
  )

/** What is asked for most, first. */
export const demandChart = (shares: readonly Share[], look: Look): EChartsOption =>
  rankingChart(
    shares.map((share) => ({ ...share, colour: look.accent })),
    look,
  )

function rankingChart(rows: readonly Row[], { font, fontSize, text, hover }: Look): EChartsOption {
  const labelWidth = fontSize * 9
  const figureWidth = fontSize * (1.5 + 0.6 * Math.max(...rows.map(({ figure }) => figure.length)))
  return {
    animation: false,
    textStyle: { fontFamily: font, fontSize },
    grid: { left: labelWidth, right: figureWidth, top: 0, bottom: 0, outerBoundsMode: 'none' },
    xAxis: { type: 'value', show: false, max: Math.max(1, ...rows.map(({ value }) => value)) },
    yAxis: [
      {
        type: 'category',
        inverse: true,
        data: rows.map(({ label }) => label),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          color: text,
          fontSize,
          align: 'left',
          margin: labelWidth,
          width: labelWidth - fontSize,
          overflow: 'truncate',
          ellipsis: '…',
        },
      },
      {
        type: 'category',
        inverse: true,
        position: 'right',
        data: rows.map(({ figure }) => figure),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: text, fontSize, align: 'right', margin: figureWidth },
      },
    ],
    series: [
      {
        type: 'bar',
        barWidth: fontSize * 0.9,
        showBackground: true,
        backgroundStyle: { color: hover, borderRadius: 2 },
        data: rows.map(({ value, colour }) => ({ value, itemStyle: { color: colour, borderRadius: 2 } })),
      },
    ],
  }
}
