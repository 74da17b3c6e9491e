import { useEffect } from 'react'

const titles: { text: string }[] = []
const show = () => {
  document.title = titles.length > 0 ? `${titles.at(-1)?.text} · Landed` : 'Landed'
}

/** The tab's title: of what was opened last, so a panel goes before its page. */
export function usePageTitle(text: string | null) {
  useEffect(() => {
    if (text === null) return
    const entry = { text }
    titles.push(entry)
    show()
    return () => {
      titles.splice(titles.indexOf(entry), 1)
      show()
    }
  }, [text])
}
