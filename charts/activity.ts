import type { EChartsOption } from 'echarts'
import type { Look } from './look.ts'

export type Bar = { label: string; value: number }

const labelledUpTo = 18

/** How much in each week or month, oldest first: thin columns with their figure on top. */
export function activityChart(bars: readonly Bar[], look: Look): EChartsOption {
  const { dimmed, text, border, accent, font, fontSize } = look
  const isNarrow = bars.length > labelledUpTo
  const values = bars.map(({ value }) => value)
  const most = Math.max(...values)
  // Nothing is said of an empty week; where columns are narrow, only the highest speaks.
  const isSaid = (value: number, at: number) => (isNarrow ? at === values.indexOf(most) : value !== 0)
  return {
    animation: false,
    textStyle: { fontFamily: font, fontSize },
    grid: { left: 0, right: 0, top: fontSize * 1.8, bottom: fontSize * 2.4, outerBoundsMode: 'none' },
    xAxis: {
      type: 'category',
      data: bars.map(({ label }) => label),
      axisLine: { lineStyle: { color: border } },
      axisTick: { show: false },
      axisLabel: {
        color: dimmed,
        fontSize,
        hideOverlap: true,
        alignMinLabel: isNarrow ? 'left' : 'center',
        alignMaxLabel: isNarrow ? 'right' : 'center',
      },
    },
    // Whole things are counted, so a lone one is no full column.
    yAxis: { type: 'value', show: false, max: Math.max(3, most) },
    series: [
      {
        type: 'bar',
        data: values,
        itemStyle: { color: accent, borderRadius: [2, 2, 0, 0] },
        barMaxWidth: fontSize * 2.6,
        barCategoryGap: '35%',
        label: {
          show: true,
          position: 'top',
          distance: 3,
          color: text,
          fontSize,
          formatter: ({ value, dataIndex }) => (isSaid(Number(value), dataIndex) ? String(value) : ''),
        },
      },
    ],
  }
}
