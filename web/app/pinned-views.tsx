import { IconBookmark } from '@tabler/icons-react'
import { Link, useSearch } from '@tanstack/react-router'
import { addressOfView, useViews } from '../features/views/api.ts'
import { parseSearch } from '../ui/search-params.ts'

type PinnedViewsProps = {
  listClassName: string | undefined
  className?: string | undefined
  wordClassName?: string | undefined
  onClick?: () => void
}

/** The views that somebody wants at hand, in the rail and on the phone under More. */
export function PinnedViews({ listClassName, className, wordClassName, onClick }: PinnedViewsProps) {
  const pinned = useViews().filter((view) => view.pinned)
  const { saved } = useSearch({ strict: false }) as { saved?: unknown }
  if (pinned.length === 0) return null
  const links = pinned.map((view) => {
    const [to, search = ''] = addressOfView(view).split('?')
    return (
      <li key={view.id} style={{ listStyle: 'none' }}>
        <Link
          to={to as '/jobs'}
          search={parseSearch(search) as never}
          className={className}
          onClick={onClick}
          activeProps={{}}
          aria-current={saved === view.id ? 'page' : undefined}
          title={view.name}
        >
          <IconBookmark size={20} stroke={1.5} aria-hidden />
          <span className={wordClassName}>{view.name}</span>
        </Link>
      </li>
    )
  })
  return (
    <ul className={listClassName} aria-label="Pinned views">
      {links}
    </ul>
  )
}
