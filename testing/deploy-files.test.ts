import { readFileSync } from 'node:fs'
import { parser } from '@prometheus-io/lezer-promql'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { useTestApp } from './test-app.ts'

/** The dashboard and the alerts ask in PromQL for what `/metrics` really has. */

const t = useTestApp()
const read = (name: string) => readFileSync(new URL(`../deploy/${name}`, import.meta.url), 'utf8')

type Dashboard = { panels: { title: string; targets: { expr: string }[] }[] }
type Rules = { groups: { rules: { alert: string; expr: string; annotations: { summary: string; description: string } }[] }[] }
const panels = (JSON.parse(read('grafana-dashboard.json')) as Dashboard).panels
const alerts = (parse(read('alert-rules.yml')) as Rules).groups.flatMap(({ rules }) => rules)
const expressions = [
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
]

/** What Prometheus adds by itself when it asks. */
const known = new Set(['up'])
beforeAll(async () => {
  await t.client.jobs.list()
  const text = await (await t.send('GET', '/metrics')).text()
  for (const [, name, type] of text.matchAll(/^# TYPE (\S+) (\w+)$/gm)) {
    known.add(name as string)
    if (type === 'histogram') for (const part of ['bucket', 'sum', 'count']) known.add(`${name}_${part}`)
  }
})

test('there are some, and each says what it is about', () => {
  expect(panels.length).toBeGreaterThanOrEqual(10)
  expect(alerts.length).toBeGreaterThanOrEqual(8)
  expect(alerts.filter(({ annotations }) => !annotations.summary || !annotations.description)).toEqual([])
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length)
})

test.each(expressions)('%s: %s', (_, expression) => {
  // Grafana puts a value in.
  const text = expression.replaceAll('$job', 'landed')
  const metrics: string[] = []
  let isBroken = false
  parser.parse(text).iterate({
    enter: ({ type, from, to, node }) => {
      isBroken ||= type.isError
      if (type.name === 'Identifier' && node.parent?.type.name === 'VectorSelector') metrics.push(text.slice(from, to))
    },
  })
  expect(isBroken).toBe(false)
  expect(metrics).not.toEqual([])
  expect(metrics.filter((name) => !known.has(name))).toEqual([])
})
