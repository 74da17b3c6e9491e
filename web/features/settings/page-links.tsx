import { linksFor, type PageLink, PageLinkRow } from '../../ui/page-link.tsx'
import classes from './settings.module.css'

const links: PageLink[] = [
  {
    to: '/settings/notifications',
    label: 'Notifications',
    description: 'What you are told, where, and when not.',
    button: 'Choose what you are told',
    alsoCalled: 'reminder interview e-mail email push quiet hours digest inbox alert',
  },
]

/** Settings that are a page of their own. */
export function PageLinks({ query }: { query: string }) {
  const shown = linksFor(query, links)
  if (shown.length === 0) return null
  return (
    <div className={classes.section}>
      <ul className={classes.card}>
        {shown.map((link) => (
          <PageLinkRow key={link.to} link={link} classes={classes} />
        ))}
      </ul>
    </div>
  )
}
