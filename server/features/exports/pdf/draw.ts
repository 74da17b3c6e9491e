import { createRequire } from 'node:module'
import type * as ECharts from 'echarts'
import { activityChart } from '../../../../charts/activity.ts'
import { type Look, paperColours } from '../../../../charts/look.ts'
import { demandChart, funnelChart } from '../../../../charts/ranking.ts'
import type { Chart, Report } from './document.ts'

const look: Look = { ...paperColours, font: 'Noto Sans', fontSize: 7.5 }
const optionOf = (chart: Chart) => {
  switch (chart.kind) {
    case 'activity':
      return activityChart(chart.bars, look)
    case 'funnel':
      return funnelChart(chart.steps, look)
    case 'demand':
      return demandChart(chart.shares, look)
  }
}

// Points: what the templates leave between the margins. The pixels of a drawing are points, so its letters are as large as the text's.
const margin = 51
const gutter = 28
const sheets = { a4: [595, 842], 'us-letter': [612, 792] } as const

/** The charts of a report as SVG. */
export function drawCharts({ charts, paper, flipped }: Report): string[] {
  if (charts.length === 0) return []
  // One file: as modules it would be hundreds, which take most of a second to find.
  const echarts = createRequire(import.meta.url)('echarts/dist/echarts.min.js') as typeof ECharts
  const whole = sheets[paper][flipped ? 1 : 0] - 2 * margin
  return charts.map((chart) => {
    const size = { width: chart.isWide ? whole : (whole - gutter) / 2, height: chart.kind === 'activity' ? 92 : 104 }
    const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size })
    drawing.setOption(optionOf(chart))
    const svg = drawing.renderToSVGString()
    drawing.dispose()
    return svg
  })
}
