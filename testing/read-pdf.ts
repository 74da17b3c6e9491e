import { getDocumentProxy } from 'unpdf'

/** A piece of text on a page, in points from the lower left corner. */
type Piece = { text: string; left: number; right: number; font: string }

export type ReadPdf = {
  /** The text of each page, lines joined by spaces. */
  pages: string[]
  text: string
  pieces: Piece[]
  /** Width and height of the first page in points. */
  size: [number, number]
  info: { Title: string; Author?: string; Language?: string }
  isTagged: boolean
}

/** What a reader finds in a PDF. */
export async function readPdf(bytes: ArrayBuffer): Promise<ReadPdf> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes))
  const pages: string[] = []
  const pieces: Piece[] = []
  let size: [number, number] = [0, 0]
  for (let at = 1; at <= pdf.numPages; at++) {
    const page = await pdf.getPage(at)
    const [, , width, height] = page.view as [number, number, number, number]
    if (at === 1) size = [width, height]
    // Fonts are known once the page was read whole.
    await page.getOperatorList()
    const { items } = await page.getTextContent()
    const found = items.flatMap((item) => {
      if (!('str' in item) || item.str === '') return []
      const { name } = page.commonObjs.get(item.fontName) as { name: string }
      const left = item.transform[4] as number
      return [{ text: item.str, left, right: left + item.width, font: name, endsLine: item.hasEOL }]
    })
    pieces.push(...found)
    pages.push(plain(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join('')))
  }
  const info = (await pdf.getMetadata()).info as ReadPdf['info']
  const isTagged = ((await pdf.getMarkInfo()) as { Marked?: boolean } | null)?.Marked === true
  await pdf.loadingTask.destroy()
  return { pages, text: pages.join(' '), pieces, size, info: { ...info, Title: plain(info.Title ?? '') }, isTagged }
}

const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
