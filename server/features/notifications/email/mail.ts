import type { NotificationType } from '../../../../contract/notifications.ts'
import { escapeHtml } from '../../../http/html.ts'
import type { Mail } from '../../../mail/mailer.ts'
import { pathOf } from '../sending/path.ts'
import type { DigestItem, DigestSection, Message } from '../table.ts'

type Content = Message & {
  /** Where this Landed is, without a slash at the end. */
  base: string
  /** Of the page that shows it. */
  url: string
  late: string | null
  settings: string
  unsubscribe: string
}

/** A notification as a mail: one thing in two shapes, without pictures, for light and for dark. All that people wrote is text in it. */
export function notificationMail(type: NotificationType, content: Content): Pick<Mail, 'subject' | 'text' | 'html'> {
  return { subject: content.title.replaceAll(/\s+/g, ' ').trim(), text: plainText(type, content), html: html(type, content) }
}

const sectionsOf = ({ data }: Message) => (Array.isArray(data['sections']) ? (data['sections'] as DigestSection[]) : [])
const linkOf = ({ base }: Content, { job_id, application_id }: DigestItem) =>
  `${base}${pathOf('digest', { title: '', body: '', data: {}, job_id, application_id })}`
const why = (type: NotificationType) =>
  type === 'test' ? 'You asked Landed for this test.' : 'You get this because you asked Landed to tell you by e-mail.'
const stop = (type: NotificationType) => (type === 'test' ? 'Stop e-mail from Landed' : 'Stop e-mail like this')

function plainText(type: NotificationType, content: Content): string {
  const { title, body, late, url, settings, unsubscribe } = content
  const sections = sectionsOf(content)
  const said = sections.length > 0 ? sections.map((section) => plainSection(content, section)) : [body]
  return [title, ...said, late, url, `-- \n${why(type)}\n${stop(type)}: ${unsubscribe}\nWhat you are told, and where: ${settings}`]
    .filter((part) => part !== null && part !== '')
    .join('\n\n')
    .concat('\n')
}

const plainSection = (content: Content, { title, items }: DigestSection) =>
  [title, ...items.map((item) => `- ${item.on === null ? '' : `${item.on}: `}${oneLine(item.text)}\n  ${linkOf(content, item)}`)].join('\n')
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ')

// Colours stand inline for programs that drop the style sheet; the sheet turns them for a dark screen.
const style = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.page{background:#1b1a18!important}.text{color:#e6e4df!important}.quiet{color:#a5a29b!important}.line{border-color:#3a3935!important}.link{color:#4fd1c5!important}.button{background:#4fd1c5!important;color:#1b1a18!important}}`
const font = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif'
const text = `${font};font-size:16px;line-height:1.5;color:#2b2a27`
const quiet = `${font};font-size:13px;line-height:1.5;color:#6b6862`

const row = (inside: string, padding = '0 0 16px') => `<tr><td style="padding:${padding}">${inside}</td></tr>`
const paragraph = (said: string) => row(`<p class="text" style="margin:0;${text}">${escapeHtml(said).replaceAll('\n', '<br>')}</p>`)
const quietLink = (url: string, label: string) => `<a class="link" href="${escapeHtml(url)}" style="color:#0b6e69">${escapeHtml(label)}</a>`

function html(type: NotificationType, content: Content): string {
  const { title, body, late, url, settings, unsubscribe } = content
  const sections = sectionsOf(content)
  const said = sections.length > 0 ? sections.map((section) => htmlSection(content, section)) : body === '' ? [] : [paragraph(body)]
  const button = `<a class="button" href="${escapeHtml(url)}" style="${font};font-size:16px;display:inline-block;padding:10px 18px;border-radius:8px;background:#0b6e69;color:#ffffff;text-decoration:none">Open in Landed</a>`
  const foot = `<p class="quiet" style="margin:0;${quiet}">${escapeHtml(why(type))}<br>${quietLink(unsubscribe, stop(type))} · ${quietLink(settings, 'What you are told, and where')}</p>`
  const rows = [
    row(`<h1 class="text" style="margin:0;${text};font-size:20px">${escapeHtml(title)}</h1>`),
    ...said,
    ...(late === null ? [] : [row(`<p class="quiet" style="margin:0;${quiet}">${escapeHtml(late)}</p>`)]),
    row(button, '8px 0 24px'),
    `<tr><td class="line" style="padding:16px 0 0;border-top:1px solid #e2dfd8">${foot}</td></tr>`,
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body class="page" style="margin:0;background:#fbfaf8"><table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#fbfaf8"><tr><td align="center" style="padding:24px 16px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;text-align:left">
${rows.join('\n')}
</table></td></tr></table></body></html>
`
}

function htmlSection(content: Content, { title, items }: DigestSection): string {
  const cell = `class="text line" style="${text};padding:6px 12px 6px 0;border-bottom:1px solid #e2dfd8;text-align:left;vertical-align:top"`
  const rows = items.map((item) => {
    const day = `<td ${cell.replace('text-align', 'white-space:nowrap;text-align')}>${escapeHtml(item.on ?? '')}</td>`
    return `<tr>${day}<td ${cell}>${quietLink(linkOf(content, item), item.text)}</td></tr>`
  })
  return row(
    `<h2 class="text" style="margin:0 0 4px;${text};font-size:17px">${escapeHtml(title)}</h2><table width="100%" cellpadding="0" cellspacing="0">${rows.join('')}</table>`,
  )
}
