import { useMediaQuery } from '@mantine/hooks'

/** Known at the first paint, so that nothing is drawn twice. */
export const useIsPhone = () => useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })
