import type { App } from '../../../app.ts'
import type { Mail } from '../../../mail/mailer.ts'
import { addressOfApp } from '../../account/address.ts'
import type { Decision } from '../sending/decide.ts'
import type { Outcome } from '../sending/outcome.ts'
import { pathOf } from '../sending/path.ts'
import type { Waiting } from '../sending/queries.ts'
import { sayNow } from '../sending/say-now.ts'
import { addressOf } from './address.ts'
import { notificationMail } from './mail.ts'
import { unsubscribeLink } from './unsubscribe-link.ts'

const withinMs = 150_000

/** One attempt. Until the mail server has taken it, it may come again: with the same Message-ID, by which mail programs know it. */
export async function sendByEmail(
  app: App,
  delivery: Waiting,
  { account, preferences }: Extract<Decision, { kind: 'send' }>,
): Promise<Outcome> {
  const target = addressOf(app, account, preferences)
  if (!('address' in target)) return { status: 'dropped', goesTo: null, reason: target.reason }
  const goesTo = target.address
  try {
    await sendWithin(app, await mailOf(app, delivery, goesTo))
    return { status: 'sent', goesTo, reason: null }
  } catch (error) {
    app.log.warn({ err: error, delivery: delivery.id, attempt: delivery.attempts }, 'a mail was not taken')
    return { goesTo, ...readRefusal(error) }
  }
}

async function mailOf(app: App, delivery: Waiting, to: string): Promise<Mail> {
  const { user_id, id, type, message } = delivery
  const base = addressOfApp(app)
  const unsubscribe = await unsubscribeLink(app, user_id, type)
  const { title, late } = await sayNow(app, delivery)
  const content = { ...message, title, late, url: `${base}${pathOf(type, message)}`, base, unsubscribe, settings: `${base}/settings` }
  return {
    to,
    ...notificationMail(type, content),
    messageId: `<${id}@${domainOf(app.config.mailFrom as string)}>`,
    headers: { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  }
}

const domainOf = (from: string) => /@([^\s<>@]+?)>?$/.exec(from)?.[1] ?? 'localhost'

/** The mail server's time limits are for each step; together they must end before the lease of the delivery does. */
async function sendWithin({ mailer }: App, mail: Mail): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the mail server took too long')), withinMs)
  })
  await Promise.race([mailer?.send(mail), tooLong]).finally(() => clearTimeout(timer))
}

/** What nodemailer tells of an SMTP exchange. */
type Refusal = { code?: string; responseCode?: number; response?: string; command?: string }

// Before these, it is the server that is not right, and not the message.
const aboutMessage = ['MAIL FROM', 'RCPT TO', 'DATA']

function readRefusal(error: unknown): Pick<Outcome, 'status' | 'reason'> {
  const { code, responseCode = 0, response = '', command = '' } = error as Refusal
  const said = response.replaceAll(/\s+/g, ' ').slice(0, 300)
  if (code === 'EAUTH') return { status: 'retry', reason: 'The mail server refused the name and the password of this Landed (SMTP_URL).' }
  if (responseCode >= 500 && aboutMessage.includes(command))
    return { status: 'failed', reason: `The mail server refused it for good: ${said}` }
  if (responseCode >= 400) return { status: 'retry', reason: `The mail server did not take it yet: ${said}` }
  return { status: 'retry', reason: 'The mail server could not be reached.' }
}
