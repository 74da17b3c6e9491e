import type { Config } from '../config.ts'

/** A message as a person reads it: plain text, links on lines of their own. */
export type Mail = {
  to: string
  subject: string
  text: string
  /** The same for eyes that like it better. */
  html?: string
  /** Kept over all attempts, so that whoever gets a message twice can tell. */
  messageId?: string
  headers?: Record<string, string>
}

export type Mailer = {
  /** Resolves once the mail server has taken the message. */
  send(mail: Mail): Promise<void>
  close(): void
}

/** Mail servers don't like many of one client. */
export const mailConnections = 2

const connectWithinMs = 20_000
/** Some look into a message for long before they take it; whoever has no patience then sends it twice (RFC 5321, 4.5.3.2.6). */
const answersWithinMs = 120_000

/** Sends by the server of SMTP_URL; null where none is set. */
export async function openMailer({ smtpUrl, mailFrom }: Config): Promise<Mailer | null> {
  if (smtpUrl === null || mailFrom === null) return null
  const { createTransport } = await import('nodemailer')
  const transport = createTransport(
    {
      url: smtpUrl,
      pool: true,
      maxConnections: mailConnections,
      connectionTimeout: connectWithinMs,
      greetingTimeout: connectWithinMs,
      socketTimeout: answersWithinMs,
      // What a message says is text of ours: nothing in it may name a file or an address to be fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: mailFrom },
  )
  return {
    send: async ({ to, headers, ...mail }) => {
      await transport.sendMail({ ...mail, to: { name: '', address: to }, headers: { 'Auto-Submitted': 'auto-generated', ...headers } })
    },
    close: () => transport.close(),
  }
}
