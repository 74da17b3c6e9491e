import type { FastifyInstance, FastifyReply } from 'fastify'
import type { App } from '../../../app.ts'
import { asUser } from '../../../database/row-security.ts'
import { inTransaction, takeTurn } from '../../../database/transaction.ts'
import { AppError } from '../../../errors.ts'
import { escapeHtml, htmlPage } from '../../../http/html.ts'
import { getPreferences, replacePreferences } from '../preferences.ts'
import { findRecipient } from '../sending/queries.ts'
import { readUnsubscribeLink, type Unsubscribing, unsubscribePath } from './unsubscribe-link.ts'

type Asked = { Querystring: { link?: unknown }; Body: URLSearchParams | undefined }

/**
 * The page behind the links in mails, for people who are not signed in. Opening it changes nothing, since mail programs open links by
 * themselves; a POST does, from its buttons or from a mail program's own (RFC 8058).
 */
export async function serveUnsubscribe(server: FastifyInstance, app: App): Promise<void> {
  await server.register(async (inner) => {
    // Only here: everywhere else a form is no body that the API takes.
    inner.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 4_096 },
      async (_: unknown, text: string) => new URLSearchParams(text),
    )
    inner.get<Asked>(unsubscribePath, { config: { access: 'public', limitClass: 'reads' } }, async ({ query }, reply) => {
      const wanted = await read(app, query.link)
      return send(reply, wanted.what === 'all' ? askAll(query.link as string) : ask(wanted.what, query.link as string))
    })
    inner.post<Asked>(unsubscribePath, { config: { access: 'public', limitClass: 'writes' } }, async ({ query, body }, reply) => {
      const wanted = await read(app, query.link)
      const act = body instanceof URLSearchParams ? body.get('act') : null
      const what = act === 'all' || act === 'undo-all' ? 'all' : wanted.what
      const isOn = act === 'undo' || act === 'undo-all'
      await asUser({ id: wanted.userId }, () => switchEmail(app, { ...wanted, what }, isOn))
      return send(reply, isOn ? done(what) : stopped(what, query.link as string))
    })
  })
}

async function read(app: App, link: unknown): Promise<Unsubscribing> {
  const wanted = typeof link === 'string' ? await readUnsubscribeLink(app, link) : null
  if (!wanted || !(await asUser({ id: wanted.userId }, () => findRecipient(app.db, wanted.userId))))
    throw new AppError('not_found', 'This link leads nowhere: it is not whole, or its account is no more.')
  return wanted
}

function switchEmail(app: App, { userId, what }: Unsubscribing, isOn: boolean): Promise<void> {
  const user = { id: userId }
  return inTransaction(app, async (app) => {
    await takeTurn(app, `preferences ${userId}`)
    const { channels, types, ...others } = await getPreferences(app, user)
    await replacePreferences(app, user, {
      ...others,
      channels: what === 'all' ? { ...channels, email: isOn } : channels,
      types: what === 'all' ? types : { ...types, [what]: { ...types[what], email: isOn } },
    })
  })
}

const inWords = (what: Unsubscribing['what']) => escapeHtml(what.replaceAll('_', ' '))
const button = (link: string, act: string, label: string) =>
  `<form method="post" action="${unsubscribePath}?link=${escapeHtml(encodeURIComponent(link))}"><button name="act" value="${act}">${label}</button></form>`
const settings = '<p><a href="/settings">What you are told, and where</a></p>'

const ask = (what: Unsubscribing['what'], link: string) =>
  htmlPage(
    'Stop e-mail',
    `<main><h1>Stop e-mail?</h1><p>You get e-mail from Landed about: ${inWords(what)}.</p>${button(link, 'one', 'Stop e-mail about this')}${button(link, 'all', 'Stop all e-mail')}${settings}</main>`,
  )
const askAll = (link: string) =>
  htmlPage(
    'Stop e-mail',
    `<main><h1>Stop e-mail?</h1><p>You get e-mail from Landed.</p>${button(link, 'all', 'Stop all e-mail')}${settings}</main>`,
  )
const stopped = (what: Unsubscribing['what'], link: string) =>
  htmlPage(
    'Stopped',
    `<main><h1>Stopped</h1><p>${what === 'all' ? 'Landed sends you no more e-mail.' : `Landed sends you no more e-mail about: ${inWords(what)}.`} Everything is still told in the app.</p>${button(link, what === 'all' ? 'undo-all' : 'undo', 'Undo')}${settings}</main>`,
  )
const done = (what: Unsubscribing['what']) =>
  htmlPage(
    'On again',
    `<main><h1>On again</h1><p>${what === 'all' ? 'Landed sends you e-mail again.' : `Landed sends you e-mail again about: ${inWords(what)}.`}</p>${settings}</main>`,
  )

const send = (reply: FastifyReply, page: string) =>
  reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).type('text/html; charset=utf-8').send(page)
