import { readdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Marked } from 'marked'
import { type ProblemCode, problems } from '../../contract/problems.ts'
import { AppError } from '../errors.ts'
import { escapeHtml, htmlPage } from './html.ts'
import { openapiDocument, problemExample } from './openapi.ts'

const docsFolder = new URL('../../docs/', import.meta.url)
const assets = fileURLToPath(new URL('./docs-assets/', import.meta.url))
const swaggerUi = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')))

// Headings can be linked to by the same names as where the repository is shown.
const guideMarkdown = new Marked({
  renderer: {
    heading({ tokens, depth, text }) {
      const name = text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-')
      return `<h${depth} id="${name}">${this.parser.parseInline(tokens)}</h${depth}>\n`
    },
  },
})

/** The guide at /docs, the reference at /docs/api, the document both come from, and a page for every problem code. */
export async function serveDocs(server: FastifyInstance, version: string): Promise<void> {
  // Made when it is first asked for: it would be a tenth of every start.
  let document: string | undefined
  server.get('/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(openapiDocument(version))
    return reply.type('application/json; charset=utf-8').send(document)
  })

  await server.register(fastifyStatic, { root: assets, prefix: '/docs/assets/', decorateReply: true, index: false })
  await server.register(fastifyStatic, {
    root: swaggerUi,
    prefix: '/docs/swagger-ui/',
    decorateReply: false,
    index: false,
    allowedPath: (path) => ['/swagger-ui.css', '/swagger-ui-bundle.js'].includes(path),
  })
  server.get('/docs/api', (_request, reply) => reply.type('text/html; charset=utf-8').send(referencePage))

  await server.register(fastifyStatic, {
    root: fileURLToPath(new URL('images/', docsFolder)),
    prefix: '/docs/images/',
    decorateReply: false,
    index: false,
  })
  server.get('/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(await guidePage('index')))
  server.get('/docs/', (_request, reply) => reply.redirect('/docs'))
  server.get<{ Params: { page: string } }>('/docs/:page', async (request, reply) =>
    reply.type('text/html; charset=utf-8').send(await guidePage(request.params.page)),
  )

  server.get<{ Params: { code: string } }>('/problems/:code', (request, reply) => {
    const { code } = request.params
    if (!Object.hasOwn(problems, code)) throw new AppError('not_found', `There is no problem code ${JSON.stringify(code)}.`)
    return reply.type('text/html; charset=utf-8').send(problemPage(code as ProblemCode))
  })
}

function problemPage(code: ProblemCode): string {
  const { status, title, remedy, example } = problems[code]
  const answer = JSON.stringify(
    problemExample(code, { detail: example.detail, instance: /\/\S+/.exec(example.request)?.[0] ?? '/' }),
    null,
    2,
  )
  const parts = [
    `<h1>${escapeHtml(title)}</h1><p><code>${code}</code>, HTTP ${status}</p><p>${escapeHtml(remedy)}</p>`,
    `<h2>For example</h2><p><code>${escapeHtml(example.request)}</code></p><pre><code>${escapeHtml(answer)}</code></pre>`,
    '<p><a href="/docs/using-the-api#errors">Errors in the guide</a> · <a href="/docs/api">API reference</a></p>',
  ]
  return htmlPage(title, `<main>${parts.join('')}</main>`)
}

/** Read when it is asked for, so that an edit shows at once. */
async function guidePage(name: string): Promise<string> {
  const files = (await readdir(docsFolder)).filter((file) => file.endsWith('.md')).sort()
  const pages = await Promise.all(
    files.map(async (file) => {
      const markdown = await readFile(new URL(file, docsFolder), 'utf8')
      return { name: file.replace(/\.md$/, ''), markdown, title: /^# (.+)$/m.exec(markdown)?.[1] ?? file }
    }),
  )
  const page = pages.find((page) => page.name === name)
  if (!page) throw new AppError('not_found', `The guide has no page ${JSON.stringify(name)}. It begins at /docs.`)
  const links = pages.map(
    ({ name: other, title }) =>
      `<a href="/docs/${other === 'index' ? '' : other}"${other === name ? ' aria-current="page"' : ''}>${escapeHtml(title)}</a>`,
  )
  // Links between the files work in the repository; here they lead to the pages.
  const markdown = page.markdown
    .replace(/\]\((?:\.\/)?([\w-]+)\.md(#[\w-]*)?\)/g, '](/docs/$1$2)')
    .replaceAll('](images/', '](/docs/images/')
  const html = await guideMarkdown.parse(markdown)
  return htmlPage(page.title, `<nav aria-label="Guide">${links.join('')}<a href="/docs/api">API reference</a></nav><main>${html}</main>`)
}

const referencePage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>API reference – Landed</title><link rel="stylesheet" href="/docs/swagger-ui/swagger-ui.css"></head><body><div id="reference"></div><script src="/docs/swagger-ui/swagger-ui-bundle.js"></script><script src="/docs/assets/reference.js"></script></body></html>`
