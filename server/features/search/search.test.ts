import { beforeAll, describe, expect, test } from 'vitest'
import type { JobInput } from '../../../contract/jobs.ts'
import { useTestApp } from '../../../testing/test-app.ts'

const t = useTestApp()

const create = (input: Partial<JobInput>) => t.client.jobs.create({ body: { company: 'Northwind', title: 'Engineer', ...input } })
const search = async (q: string, more: object = {}) => t.client.jobs.list({ query: { q, sort: 'title', limit: 200, ...more } })
const titles = async (q: string, more: object = {}) => (await search(q, more)).items.map(({ title }) => title)

beforeAll(async () => {
  await create({ title: 'C developer', company: 'Alpha' })
  await create({ title: 'C++ developer', company: 'Beta', description: 'Objective-C++ or plain C++17, in a CI/CD pipeline.' })
  await create({ title: 'Senior C# Engineer', company: 'Gamma', tech_stack: ['.NET', 'Azure'] })
  await create({ title: 'Fullstack (Node.js/React)', company: 'Delta', location: 'São Paulo, Brazil' })
  await create({ title: 'Web person', company: 'Epsilon', tech_stack: ['Node.js', 'Spring Boot'], notes: 'network of friends' })
  await create({ title: 'R statistician', company: 'Zeta', description: 'We count on you; the platform team is kind.' })
  await create({ title: 'Go engineer', company: 'Eta', description: 'A team that runs the platform. <b>Kubernetes</b> & more.' })
})

describe('words', () => {
  test.each([
    ['c ', ['C developer']],
    ['C++', ['C++ developer']],
    ['c++ ', ['C++ developer']],
    ['c#', ['Senior C# Engineer']],
    ['.net ', ['Senior C# Engineer']],
    ['node.js ', ['Fullstack (Node.js/React)', 'Web person']],
    ['react ', ['Fullstack (Node.js/React)']],
    ['boot ', ['Web person']],
    ['r ', ['R statistician']],
    ['go ', ['Go engineer']],
    ['cd ', ['C++ developer']],
    ['sao paulo ', ['Fullstack (Node.js/React)']],
    ['SÃO ', ['Fullstack (Node.js/React)']],
  ])('%s is found as itself', async (q, expected) => {
    expect(await titles(q)).toEqual(expected)
  })

  test('a phrase is found in its order and within one field', async () => {
    expect(await titles('"platform team"')).toEqual(['R statistician'])
    expect(await titles('platform team ')).toEqual(['Go engineer', 'R statistician'])
    expect(await titles('"engineer eta"')).toEqual([])
    expect(await titles('"go engineer"')).toEqual(['Go engineer'])
  })

  test('-not leaves out, `or` takes either and binds closer than a space', async () => {
    expect(await titles('engineer -go')).toEqual(['Senior C# Engineer'])
    expect(await titles('-engineer -developer -"node js"')).toEqual(['R statistician'])
    expect(await titles('platform go or r ')).toEqual(['Go engineer', 'R statistician'])
    expect(await titles('go or "c developer" or react ')).toEqual(['C developer', 'Fullstack (Node.js/React)', 'Go engineer'])
  })

  test('the last word is a beginning until a space or a quote follows', async () => {
    expect(await titles('kuber')).toEqual(['Go engineer'])
    expect(await titles('kuber ')).toEqual([])
    expect(await titles('plat kuber')).toEqual([])
    expect(await titles('"the platform te')).toEqual(['R statistician'])
    expect(await titles('or')).toEqual(expect.arrayContaining([]))
  })
})

describe('relevance', () => {
  test('a hit in the title goes before one in the description, however new', async () => {
    await create({ title: 'Harbour master', company: 'Theta' })
    await create({ title: 'Clerk', description: 'The harbour is near.' })
    expect((await search('harbour', { sort: 'relevance' })).items.map(({ title }) => title)).toEqual(['Harbour master', 'Clerk'])
    expect((await search('harbour', { sort: '-created_at' })).items.map(({ title }) => title)).toEqual(['Clerk', 'Harbour master'])
  })
})

describe('highlighting', () => {
  test('marks what was found, escapes everything else, and shows a piece of a long text', async () => {
    const { items } = await search('kubernetes platform', { highlight: true })
    expect(items[0]?.highlights).toEqual({
      description: 'A team that runs the <mark>platform</mark>. &lt;b&gt;<mark>Kubernetes</mark>&lt;/b&gt; &amp; more.',
    })
  })
  test('marks accents, beginnings, names with signs and phrases', async () => {
    expect((await search('sao pau', { highlight: true })).items[0]?.highlights).toEqual({
      location: '<mark>São</mark> <mark>Paulo</mark>, Brazil',
    })
    expect((await search('c++', { highlight: true })).items[0]?.highlights).toEqual({
      title: '<mark>C++</mark> developer',
      description: 'Objective-<mark>C++</mark> or plain <mark>C++</mark>17, in a CI/CD pipeline.',
    })
    expect((await search('"node js"', { highlight: true })).items[0]?.highlights).toEqual({
      title: 'Fullstack (<mark>Node.js</mark>/React)',
    })
  })
})

describe('did you mean', () => {
  test.each([
    ['kubernets', 'kubernetes'],
    ['Kuberentes platform', 'kubernetes platform'],
    ['"platfrom team"', '"platform team"'],
    ['enginer -go ', 'engineer -go '],
  ])('%s', async (q, meant) => {
    const { items, did_you_mean } = await search(q)
    expect(items).toEqual([])
    expect(did_you_mean).toBe(meant)
    expect((await search(meant)).total.value).toBeGreaterThan(0)
  })
  test('says nothing when there is nothing to say', async () => {
    expect((await search('zzzzqqq')).did_you_mean).toBeUndefined()
    expect((await search('kubernetes react')).did_you_mean).toBeUndefined()
    expect((await search('kubernetes')).did_you_mean).toBeUndefined()
  })
})

describe('suggestions', () => {
  test('of each kind, most frequent first, also by a later word', async () => {
    await create({ title: 'Spring Cleaner', company: 'Springer', location: 'Springfield' })
    const { companies, titles, skills, locations } = await t.client.search.suggest({ query: { q: 'spr' } })
    expect({ companies, titles, skills, locations }).toEqual({
      companies: ['Springer'],
      titles: ['Spring Cleaner'],
      skills: ['Spring Boot'],
      locations: ['Springfield'],
    })
    expect((await t.client.search.suggest({ query: { q: 'BOOT' } })).skills).toEqual(['Spring Boot'])
    expect((await t.client.search.suggest({ query: { q: 'são' } })).locations).toEqual(['São Paulo, Brazil'])
  })
})
