import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export type Received = Email & { envelope: string[] }
/** What the server answers to a recipient or to a message: an SMTP code with words. */
type Refusal = { code: number; words: string }

export type MailServer = {
  /** For SMTP_URL. */
  url: string
  /** What came and was not taken out. */
  received: Received[]
  /** Waits for the next mail to this address and takes it out. */
  next(to: string): Promise<Received>
  /** From here on; null: everything is taken. */
  refuse(at: 'rcpt' | 'data', refusal: Refusal | null): void
  /** Called when a message is whole; the answer waits for it. */
  beforeAnswer: () => Promise<void>
  close(): Promise<void>
}

/** For MAIL_FROM. */
export const mailFrom = 'Landed <landed@example.com>'

/** A mail server of our own, so that the exchange is a real one. */
export async function startMailServer(): Promise<MailServer> {
  const refusals: { rcpt: Refusal | null; data: Refusal | null } = { rcpt: null, data: null }
  const errorOf = ({ code, words }: Refusal) => Object.assign(new Error(words), { responseCode: code })
  const smtp = new SMTPServer({
    authOptional: true,
    // Landed keeps its connection.
    closeTimeout: 100,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, done) => done(refusals.rcpt && errorOf(refusals.rcpt)),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        if (refusals.data) return done(errorOf(refusals.data))
        // All of it before the answer: then whoever was told that it was sent finds it here, and the envelope is still there.
        const envelope = session.envelope.rcptTo.map(({ address }) => address)
        server.received.push({ ...(await PostalMime.parse(Buffer.concat(chunks))), envelope })
        await server.beforeAnswer()
        done()
      })
    },
  })
  // A client that is killed in the middle is no failure of the server.
  smtp.on('error', () => {})
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  const server: MailServer = {
    url: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    received: [],
    next: async (to) => {
      for (;;) {
        const at = server.received.findIndex(({ envelope }) => envelope.includes(to))
        const found = at < 0 ? undefined : server.received.splice(at, 1)[0]
        if (found) return found
        await pause(10)
      }
    },
    refuse: (at, refusal) => {
      refusals[at] = refusal
    },
    beforeAnswer: async () => {},
    close: () => new Promise<void>((resolve) => smtp.close(resolve)),
  }
  return server
}

/** The one link of a mail. */
export const linkIn = (mail: Email) => new URL(/^http\S+$/m.exec(mail.text ?? '')?.[0] ?? '')
