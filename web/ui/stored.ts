import { useLocalStorage } from '@mantine/hooks'

/** Remembered on this device only: widths, folded parts, columns. Read at once, so that nothing jumps after the first paint. */
export const useStored = <T>(key: string, initial: T) =>
  useLocalStorage<T>({ key: `landed-${key}`, defaultValue: initial, getInitialValueInEffect: false })
