import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export type MailServer = {
  /** For SMTP_URL. */
  url: string
  /** Waits for the next mail to this address and takes it out. */
  next(to: string): Promise<Email>
  /** What came and was not taken out. */
  waiting(): string[]
  close(): Promise<void>
}

/** A mail server of our own, so that the exchange is a real one. */
export async function startMailServer(): Promise<MailServer> {
  const received: { to: string; mail: Email }[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    // Landed keeps its connection.
    closeTimeout: 100,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        // Taken first: the envelope is empty once it is done.
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        done()
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => received.push(...recipients.map((to) => ({ to, mail }))))
      })
    },
  })
  const server = smtp.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: async (to) => {
      for (;;) {
        const at = received.findIndex((one) => one.to === to)
        const found = at < 0 ? undefined : received.splice(at, 1)[0]
        if (found) return found.mail
        await pause(10)
      }
    },
    waiting: () => received.map(({ to, mail }) => `${to}: ${mail.subject}`),
    close: () => new Promise<void>((resolve) => smtp.close(resolve)),
  }
}

/** The one link of a mail. */
export const linkIn = (mail: Email) => new URL(/^http\S+$/m.exec(mail.text ?? '')?.[0] ?? '')
