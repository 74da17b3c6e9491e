import { useEffect } from 'react'

const titles: { text: string }[] = []
let count = 0
const show = () => {
  const title = titles.length > 0 ? `${titles.at(-1)?.text} · Landed` : 'Landed'
  document.title = count > 0 ? `(${count > 99 ? '99+' : count}) ${title}` : title
}

/** What waits to be looked at, before the title of every page and as a dot on its icon: for who is in another tab. */
export function showCountInTitle(waiting: number) {
  count = waiting
  show()
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
  const wanted = waiting > 0 ? '/favicon-unread.svg' : '/favicon.svg'
  if (icon && icon.getAttribute('href') !== wanted) icon.setAttribute('href', wanted)
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
