import { expect, test } from 'vitest'
import { notificationMail } from './mail.ts'

const planted = `<img src=x onerror="alert(1)"></td></title><script>alert(2)</script>" style="x\r\nBcc: everybody@example.com`

test('whatever people wrote is text in a mail, and no line of its head', () => {
  const section = { title: planted, items: [{ text: planted, on: planted, job_id: null, application_id: null }] }
  const content = {
    title: planted,
    body: planted,
    data: { sections: [section] },
    job_id: null,
    application_id: null,
    base: 'https://landed.example.com',
    url: `https://landed.example.com/jobs?q=${planted}`,
    late: planted,
    settings: 'https://landed.example.com/settings',
    unsubscribe: 'https://landed.example.com/unsubscribe',
  }
  for (const type of ['job_status_changed', 'digest'] as const) {
    const { subject, html = '', text } = notificationMail(type, content)
    expect(subject).not.toMatch(/[\r\n]/)
    expect(html).not.toMatch(/<(?:img|script)/)
    // The two that every mail has: its head's end, and the cell that was not closed by anybody's text.
    expect(html.match(/<\/title>/g)?.length ?? 0).toBeLessThanOrEqual(1)
    expect(html.match(/<td/g)).toHaveLength(html.match(/<\/td>/g)?.length ?? 0)
    expect(html).toContain('&#60;script&#62;alert(2)')
    expect(text).toContain('<script>alert(2)</script>')
  }
})
