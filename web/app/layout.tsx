import { useDisclosure } from '@mantine/hooks'
import { type AsyncRouteComponent, Outlet, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { startLive } from '../api/live.ts'
import { SignInAgain } from '../features/account/sign-in-again.tsx'
import { AddApplicationKey } from '../features/applications/add/add-key.tsx'
import { BackgroundDock } from '../features/bulk/background-dock.tsx'
import { AddJob } from '../features/jobs/add-job.tsx'
import { Announcer } from '../ui/announce.tsx'
import { DockSlot } from '../ui/dock.tsx'
import { useKeys } from '../ui/keys.ts'
import { panelSlotId } from '../ui/panel-widths.ts'
import { useStored } from '../ui/stored.ts'
import { undoLast } from '../ui/undo.tsx'
import { BottomTabs } from './bottom-tabs.tsx'
import { CommandPalette } from './command-palette.tsx'
import { KeyMap } from './key-map.tsx'
import classes from './layout.module.css'
import { liveUpdates } from './live-updates.ts'
import { places } from './navigation.ts'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'

export function Layout() {
  const router = useRouter()
  const [isFolded, setFolded] = useStored('rail-folded', false)
  const [paletteIsOpen, palette] = useDisclosure(false)
  const [mapIsOpen, map] = useDisclosure(false)
  useFocusOnNewPage()
  useLive()
  usePagesAhead()
  useKeys(
    'Everywhere',
    [
      { keys: 'mod+k', label: 'Search or do anything', run: palette.open, whileTyping: true },
      { keys: '/', label: 'Search', run: palette.open },
      ...places.flatMap(({ to, label, keys }) =>
        keys ? [{ keys, label: `Go to ${label}`, run: () => void router.navigate({ to }) }] : [],
      ),
      { keys: 'u', label: 'Undo the last change', run: undoLast },
      { keys: '[', label: 'Fold or unfold the navigation', run: () => setFolded(!isFolded) },
      { keys: '?', label: 'Show all keys', run: map.open },
    ],
    { layer: 'app' },
  )
  return (
    <div className={classes.frame} data-folded={isFolded || undefined}>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <Rail isFolded={isFolded} onFold={() => setFolded(!isFolded)} />
      <TopBar onSearch={palette.open} onKeys={map.open} />
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
        <DockSlot />
      </main>
      <div id={panelSlotId} className={classes.panel} />
      <BottomTabs />
      <CommandPalette isOpen={paletteIsOpen} onClose={palette.close} />
      <KeyMap isOpen={mapIsOpen} onClose={map.close} />
      <BackgroundDock />
      <AddJob />
      <AddApplicationKey />
      <Announcer />
      <SignInAgain />
    </div>
  )
}

/** A new page takes the focus to its heading, as loading a document would; a panel or a filter does not. */
function useFocusOnNewPage() {
  const router = useRouter()
  useEffect(() => {
    const pageOf = (path: string | undefined) => path && /^\/(data\/\w+|[^/]*)/.exec(path)?.[1]
    return router.subscribe('onRendered', ({ fromLocation, toLocation }) => {
      if (!fromLocation || pageOf(fromLocation.pathname) === pageOf(toLocation.pathname)) return
      const main = document.getElementById('main')
      const heading = main?.querySelector<HTMLElement>('[data-page-heading]') ?? main
      heading?.focus({ preventScroll: true })
    })
  }, [router])
}

function useLive() {
  const router = useRouter()
  useEffect(() => startLive(liveUpdates((to) => void router.navigate({ to }))), [router])
}

const whenSettled = 3_000

/** The code of every page, once this one is there: a server that is away must not keep anybody from turning the page. */
function usePagesAhead() {
  const router = useRouter()
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const { options } of Object.values(router.routesById)) {
        const page = options.component as AsyncRouteComponent<object> | undefined
        void page?.preload?.()
      }
    }, whenSettled)
    return () => clearTimeout(timer)
  }, [router])
}
