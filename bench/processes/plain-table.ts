/** The least a PDF can be: Typst sets the cells it is given on standard input as a plain table. */
import { readFile } from 'node:fs/promises'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createTypstCompiler } from '@myriaddreamin/typst.ts/compiler'
import { loadFonts } from '@myriaddreamin/typst.ts/options.init'

const file = (name: string) => readFile(fileURLToPath(import.meta.resolve(name)))
const cells = await json(process.stdin)
const code = await file('@myriaddreamin/typst-ts-web-compiler/wasm')
const font = await file('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf')
const compiler = createTypstCompiler()
await compiler.init({ getModule: () => ({ module_or_path: code }) as never, beforeBuild: [loadFonts([font], { assets: false })] })
compiler.addSource('/main.typ', '#set text(font: "Noto Sans", size: 8.5pt)\n#table(columns: 4, ..json("/cells.json"))')
compiler.mapShadow('/cells.json', Buffer.from(JSON.stringify(cells)))
const { result, diagnostics } = await compiler.compile({ mainFilePath: '/main.typ', format: 1 })
if (!result) throw new Error(`Typst set nothing: ${JSON.stringify(diagnostics)}`)
process.stdout.end(result)
