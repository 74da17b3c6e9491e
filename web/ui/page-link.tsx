import { Button } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'

/** A page with settings of its own, and the words by which it is looked for. */
export type PageLink = { to: LinkProps['to']; label: string; description: string; button: string; alsoCalled: string }

export function linksFor(query: string, links: readonly PageLink[]): PageLink[] {
  const wanted = query.trim().toLowerCase()
  return links.filter(({ label, description, alsoCalled }) => `${label} ${description} ${alsoCalled}`.toLowerCase().includes(wanted))
}

type PageLinkRowProps = { link: PageLink; classes: Record<string, string> }

/** `classes`: of the card it stands in, with a `row` and a `label`. */
export const PageLinkRow = ({ link: { to, label, description, button }, classes }: PageLinkRowProps) => (
  <li className={classes['row']}>
    <div>
      <div className={classes['label']}>{label}</div>
      <div className="dimmed">{description}</div>
    </div>
    <Button component={Link} to={to} variant="default">
      {button}
    </Button>
  </li>
)
