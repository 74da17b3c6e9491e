import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import type { Client } from '../../client/client.ts'
import { expect, test } from './landed.ts'

// A name of another site leads to this machine, as it does for whoever owns it.
test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--host-resolver-rules=MAP evil.example 127.0.0.1'] }),
})

/** What a page of theirs tries in the browser of somebody who has Landed open. Says what it got to see. */
const attack = `async (target) => {
  const job = JSON.stringify({ company: 'Planted', title: 'By another page' })
  const seen = []
  const attempt = async (name, act) => { try { seen.push(name + ': ' + await act()) } catch { seen.push(name + ': refused') } }
  const read = async (path, init) => { const answer = await fetch(target + path, { credentials: 'include', ...init }); return answer.type === 'opaque' ? 'opaque' : answer.status + ' ' + await answer.text() }
  await attempt('read', () => read('/api/v1/jobs'))
  await attempt('read without asking', () => read('/api/v1/jobs', { mode: 'no-cors' }))
  await attempt('json', () => read('/api/v1/jobs', { method: 'POST', headers: { 'content-type': 'application/json' }, body: job }))
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
    await attempt(type, () => read('/api/v1/jobs', { method: 'POST', mode: 'no-cors', headers: { 'content-type': type }, body: job }))
  await attempt('delete', () => read('/api/v1/me', { method: 'DELETE', headers: { 'content-type': 'application/json' }, body: '{"email":null}' }))
  await attempt('beacon', () => (navigator.sendBeacon(target + '/api/v1/jobs', new Blob([job], { type: 'text/plain' })), 'opaque'))
  await attempt('live', () => new Promise((done, refuse) => {
    const socket = new WebSocket(target.replace('http', 'ws') + '/ws/notifications')
    socket.onopen = () => socket.send('{"type":"hello","last_seq":0}')
    socket.onmessage = ({ data }) => done(data)
    socket.onerror = refuse
  }))
  for (const [tag, attribute] of [['img', 'src'], ['script', 'src']])
    await attempt(tag, () => new Promise((done, refuse) => {
      const element = document.createElement(tag)
      element.onload = () => done('loaded')
      element.onerror = refuse
      element[attribute] = target + '/api/v1/jobs'
      document.body.append(element)
    }))
  for (const [enctype, name] of [['text/plain', '{"company":"Planted","title":"x","notes":"'], ['multipart/form-data', 'company'], ['application/x-www-form-urlencoded', 'company']])
    await attempt('form ' + enctype, () => new Promise((done) => {
      const frame = Object.assign(document.createElement('iframe'), { name: 'f' + Math.random() })
      document.body.append(frame)
      const form = Object.assign(document.createElement('form'), { method: 'post', action: target + '/api/v1/jobs', enctype, target: frame.name })
      form.append(Object.assign(document.createElement('input'), { name, value: '"}' }))
      document.body.append(form)
      frame.onload = () => { let text; try { text = frame.contentDocument?.body?.innerText } catch {} ; done(text || 'opaque') }
      form.submit()
    }))
  return seen
}`

async function everything(client: Client): Promise<unknown> {
  return [await client.account.me(), (await client.jobs.list()).items, await client.notifications.unreadCount()]
}

test('a page of another site can neither change nor read anything, by any way a browser has', async ({ page, landed }) => {
  const theirs = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<body>A page of somebody else'))
  await new Promise<void>((resolve) => theirs.listen(0, '127.0.0.1', resolve))
  await landed.client.jobs.create({ body: { company: 'Northwind Labs', title: 'Platform Engineer' } })
  await page.goto('/jobs')
  await expect(page.getByText('Platform Engineer').first()).toBeVisible()
  const before = await everything(landed.client)

  await page.goto(`http://evil.example:${(theirs.address() as AddressInfo).port}/`)
  const seen = (await page.evaluate(`(${attack})(${JSON.stringify(landed.url)})`)) as string[]
  expect(seen).toHaveLength(14)
  expect(seen.filter((one) => !/: (?:opaque|refused)$/.test(one))).toEqual([])
  expect(await everything(landed.client)).toEqual(before)

  // Nor show a page of ours within theirs, to have somebody click there.
  await page.setContent(`<iframe name="ours" src="${landed.url}/settings"></iframe>`)
  await page.waitForFunction(() => document.querySelector('iframe')?.contentDocument === null)
  expect(await page.frame('ours')?.evaluate(() => document.getElementById('root')?.childElementCount ?? 0)).toBe(0)
  theirs.close().closeAllConnections()
})

const payloads = [
  `<img src=x onerror="window.ran=1;alert(1)"><b data-planted>bold</b>`,
  `"><svg onload="window.ran=1;alert(2)"><script>window.ran=1;alert(3)</script>`,
  `'-alert(4)-'{{constructor.constructor('alert(5)')()}}\${alert(6)}</textarea></title><iframe data-planted srcdoc="<script>top.ran=1</script>">`,
]

/** Every text that somebody can write, somewhere. */
async function plant(client: Client): Promise<{ job: string; application: string; imported: string }> {
  const [one = '', two = '', three = ''] = payloads
  const ids: { job: string; application: string }[] = []
  for (const text of payloads) {
    const job = await client.jobs.create({
      body: {
        company: `Evil ${text}`,
        title: text,
        location: text,
        description: text,
        requirements: text,
        responsibilities: text,
        tech_stack: [text],
        tags: [text],
        url: `https://evil.example/?"><script>alert(7)</script>`,
        source: text,
        notes: text,
      },
    })
    const application = await client.applications.create({
      body: {
        job_id: job.id,
        applied_on: '2026-11-02',
        notes: text,
        contacts: [{ name: text, role: text, email: 'a@example.com', phone: text, url: 'https://evil.example/' }],
      },
    })
    const params = { id: application.id }
    await client.applications.addEvent({ params, body: { type: 'note', note: text } })
    await client.applications.addInterview({
      params,
      body: {
        starts_at: '2027-01-04T09:00:00.000Z',
        place: text,
        interviewers: [text],
        feedback: { questions: [text], skill_areas: [text], rating: 3, notes: text },
      },
    })
    ids.push({ job: job.id, application: application.id })
  }
  await client.profile.update({ body: { headline: one, skills: [{ name: two, level: 3 }], preferred_locations: [three] } })
  await client.views.create({ body: { name: one, kind: 'jobs', query: { q: two } } })
  const file = new File(
    [`company,title,${one.replace(/[",]/g, '')}\r\nx,"${two.replaceAll('"', '""')}",y\r\n,${three.replace(/[",]/g, '')},z\r\n`],
    `${one.replace(/["/]/g, '')}.csv`,
  )
  const imported = await client.imports.create({ file, body: {} })
  return { ...(ids[0] as (typeof ids)[0]), imported: imported.id }
}

/** What a page did that it must not: a script that ran, a dialog, an element out of a text, a question to anybody else. */
async function watch(page: Page, own: string): Promise<string[]> {
  const done: string[] = []
  page.on('dialog', (dialog) => {
    done.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) done.push(message.text())
  })
  page.on('request', (request) => {
    if (/^(?:http|ws)/.test(request.url()) && new URL(request.url()).host !== new URL(own).host) done.push(`asked ${request.url()}`)
  })
  return done
}

test('whatever is written stays text, on every page', async ({ page, landed }) => {
  const { job, application, imported } = await plant(landed.client)
  const done = await watch(page, landed.url)
  const [one = ''] = payloads
  const search = encodeURIComponent(one)
  const showing = ['/', '/jobs', `/jobs/${job}`, `/jobs/${job}/full`, '/applications', `/applications/${application}`, '/profile']
  for (const path of [
    ...showing,
    `/jobs?q=${search}&company=${search}`,
    `/applications?q=${search}`,
    `/jobs/${search}`,
    `/data/imports/${imported}`,
    ...['/data', '/data/export/jobs', '/data/export/applications', '/data/bulk', '/settings', '/inbox', '/insights', '/skills', '/trash'],
    `/problems/${search}`,
    `/docs/${search}`,
  ]) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    if (showing.includes(path) && path !== '/')
      await expect(page.getByText('onerror="window.ran=1;alert(1)"').or(page.locator('input, textarea')).first()).toBeAttached()
    const made = await page.evaluate(() => [
      document.querySelectorAll('[data-planted], [onerror], [onload], [srcdoc]').length,
      (window as { ran?: 1 }).ran,
    ])
    expect(made, path).toEqual([0, undefined])
  }
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('evil')
  await expect(page.getByRole('option', { name: /<img src=x/ }).first()).toBeVisible()
  expect(done).toEqual([])
})
