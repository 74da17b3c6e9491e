export type Block = { kind: 'paragraph'; lines: string[] } | { kind: 'list'; items: string[] }

const bullet = /^\s*(?:[-*•·–▪◦‣]|\d{1,2}[.)])\s+/

/** Plain text as paragraphs and lists, the way it was meant: a posting is often pasted and has lost its form. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let startsNew = true
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    if (line.trim() === '') {
      startsNew = true
      continue
    }
    const last = blocks.at(-1)
    if (bullet.test(line)) {
      const item = line.replace(bullet, '').trim()
      // An empty line between two points does not part them.
      if (last?.kind === 'list') last.items.push(item)
      else blocks.push({ kind: 'list', items: [item] })
    } else if (last?.kind === 'paragraph' && !startsNew) last.lines.push(line.trimEnd())
    else if (last?.kind === 'list' && !startsNew && /^\s{2,}/.test(line)) last.items.push(`${last.items.pop()} ${line.trim()}`)
    else blocks.push({ kind: 'paragraph', lines: [line.trimEnd()] })
    startsNew = false
  }
  return blocks
}
