import { createRoute, notFound, redirect } from '@tanstack/react-router'
import { queryClient } from '../../api/query-client.ts'
import { rootRoute } from '../../ui/root-route.ts'
import { addressOfView, viewsQuery } from './api.ts'

/** A short address of a view: leads to the list as it is saved now. */
export const viewsRoutes = createRoute({
  getParentRoute: () => rootRoute,
  path: '/views/$id',
  beforeLoad: async ({ params }) => {
    const views = await queryClient.fetchQuery({ ...viewsQuery, staleTime: 0 })
    const view = views.find(({ id }) => id === params.id)
    throw view ? redirect({ href: addressOfView(view), replace: true }) : notFound()
  },
})
