import { Drawer, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { UnreadBadge } from '../features/notifications/unread-badge.tsx'
import classes from './bottom-tabs.module.css'
import { mainPlaces, morePlaces, type Place } from './navigation.ts'
import { PinnedViews } from './pinned-views.tsx'

const places = [...mainPlaces, ...morePlaces]

/** The phone's navigation. */
export function BottomTabs() {
  const [moreIsOpen, more] = useDisclosure(false)
  return (
    <nav className={classes.tabs} aria-label="Pages">
      {places
        .filter(({ isTab }) => isTab)
        .map((place) => (
          <TabLink key={place.to} place={place} className={classes.tab} />
        ))}
      <UnstyledButton className={classes.tab} onClick={more.open} aria-haspopup="dialog" aria-expanded={moreIsOpen}>
        <IconDots size={22} stroke={1.5} aria-hidden />
        More
      </UnstyledButton>
      <Drawer
        opened={moreIsOpen}
        onClose={more.close}
        position="bottom"
        size="auto"
        title="More"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <PinnedViews listClassName={classes.views} className={classes.row} onClick={more.close} />
        {places
          .filter(({ isTab }) => !isTab)
          .map((place) => (
            <TabLink key={place.to} place={place} className={classes.row} onClick={more.close} />
          ))}
      </Drawer>
    </nav>
  )
}

type TabLinkProps = { place: Place; className?: string; onClick?: () => void }

function TabLink({ place: { to, label, icon: Icon }, className, onClick }: TabLinkProps) {
  return (
    <Link
      to={to}
      className={className}
      onClick={onClick}
      activeOptions={{ exact: to === '/', includeSearch: false }}
      activeProps={{ 'aria-current': 'page' }}
    >
      <Icon size={22} stroke={1.5} aria-hidden />
      {label}
      {to === '/inbox' && (
        <span className={classes.count}>
          <UnreadBadge />
        </span>
      )}
    </Link>
  )
}
