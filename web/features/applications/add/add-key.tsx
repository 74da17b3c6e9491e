import { useRouter } from '@tanstack/react-router'
import { useKeys } from '../../../ui/keys.ts'
import { readSearch } from '../search.ts'

/** `n a` from every page; what it opens stands in the address of the applications, beside what is there already. */
export function AddApplicationKey() {
  const router = useRouter()
  const run = () => {
    const { pathname, search } = router.state.location
    const kept = pathname === '/applications' ? readSearch(search) : {}
    void router.navigate({ to: '/applications', search: { ...kept, add: 'new' }, resetScroll: false })
  }
  useKeys('Everywhere', [{ keys: 'n a', label: 'Add an application', run }], { layer: 'app' })
  return null
}
