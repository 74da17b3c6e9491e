/** Runs as a process of its own: a document as JSON on standard input, its PDF on standard output. */
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createTypstCompiler } from '@myriaddreamin/typst.ts/compiler'
import { loadFonts } from '@myriaddreamin/typst.ts/options.init'
import type { PdfDocument } from './document.ts'
import { drawCharts } from './draw.ts'
import { fontsFor } from './fonts.ts'

const wasm = fileURLToPath(import.meta.resolve('@myriaddreamin/typst-ts-web-compiler/wasm'))
const template = (name: string) => readFile(new URL(`./typst/${name}.typ`, import.meta.url), 'utf8')

const json = await buffer(process.stdin)
const text = json.toString()
const document = JSON.parse(text) as PdfDocument
const fonts = await fontsFor(text)
const code = await readFile(wasm)

const compiler = createTypstCompiler()
await compiler.init({
  getModule: () => ({ module_or_path: code }) as never,
  beforeBuild: [loadFonts(fonts.data, { assets: false })],
})
compiler.addSource('/look.typ', await template('look'))
compiler.addSource('/main.typ', await template(document.layout))
// What people wrote comes as data and is never read as markup.
compiler.mapShadow('/document.json', json)
compiler.mapShadow('/fonts.json', Buffer.from(JSON.stringify(fonts.families)))
for (const [at, svg] of (document.layout === 'report' ? drawCharts(document) : []).entries()) {
  compiler.mapShadow(`/chart-${at}.svg`, Buffer.from(svg))
}
const { result, diagnostics } = await compiler.compile({ mainFilePath: '/main.typ', format: 1, diagnostics: 'unix' })
if (!result) throw new Error(`Typst set nothing: ${diagnostics?.join('\n')}`)
process.stdout.end(result)
