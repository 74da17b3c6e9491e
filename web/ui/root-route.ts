import { createRootRoute } from '@tanstack/react-router'

/** The parent of every feature's routes. It is here and not in the app, because features may not import the app; the app gives it its layout. */
export const rootRoute = createRootRoute()
