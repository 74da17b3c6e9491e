import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './app/base.css'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { openFromPush } from './app/open-from-push.ts'
import { DoorProviders, Providers } from './app/providers.tsx'
import { router } from './app/router.tsx'
import { isDoor } from './features/account/door/doors.ts'

const DoorPages = lazy(() => import('./features/account/door/door-pages.tsx').then(({ DoorPages }) => ({ default: DoorPages })))

openFromPush()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    {isDoor(location.pathname) ? (
      <DoorProviders>
        <Suspense>
          <DoorPages />
        </Suspense>
      </DoorProviders>
    ) : (
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    )}
  </StrictMode>,
)
