import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { UnreadBadge } from '../features/notifications/unread-badge.tsx'
import { Keys } from '../ui/keys-shown.tsx'
import { Logo } from './logo.tsx'
import { mainPlaces, morePlaces, type Place } from './navigation.ts'
import { PinnedViews } from './pinned-views.tsx'
import classes from './rail.module.css'

type RailProps = { isFolded: boolean; onFold: () => void }

export function Rail({ isFolded, onFold }: RailProps) {
  const Fold = isFolded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <nav className={classes.rail} aria-label="Pages" data-folded={isFolded || undefined}>
      <Link to="/" className={classes.brand} aria-label="Landed, to Today">
        <Logo />
        <span className={classes.word}>Landed</span>
      </Link>
      <ul className={classes.list}>
        {mainPlaces.map((place) => (
          <RailLink key={place.to} place={place} />
        ))}
      </ul>
      <PinnedViews
        listClassName={`${classes.list} ${classes.pinned}`}
        className={classes.link}
        wordClassName={`${classes.word} ${classes.viewName}`}
      />
      <ul className={`${classes.list} ${classes.last}`}>
        {morePlaces.map((place) => (
          <RailLink key={place.to} place={place} />
        ))}
        <li className={classes.foldRow}>
          <Hint label={isFolded ? 'Unfold' : 'Fold'} keys="[">
            <UnstyledButton className={classes.link} onClick={onFold} aria-expanded={!isFolded}>
              <Fold size={20} stroke={1.5} aria-hidden />
              <span className={classes.word}>{isFolded ? 'Unfold' : 'Fold'}</span>
            </UnstyledButton>
          </Hint>
        </li>
      </ul>
    </nav>
  )
}

function RailLink({ place: { to, label, icon: Icon, keys } }: { place: Place }) {
  return (
    <li>
      <Hint label={label} keys={keys}>
        <Link
          to={to}
          className={classes.link}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          <Icon size={20} stroke={1.5} aria-hidden />
          <span className={classes.word}>{label}</span>
          {to === '/inbox' && (
            <span className={classes.count}>
              <UnreadBadge />
            </span>
          )}
        </Link>
      </Hint>
    </li>
  )
}

function Hint({ label, keys, children }: { label: string; keys?: string; children: React.ReactElement }) {
  return (
    <Tooltip
      position="right"
      label={
        <span className={classes.hint}>
          {label} {keys && <Keys keys={keys} />}
        </span>
      }
    >
      {children}
    </Tooltip>
  )
}
