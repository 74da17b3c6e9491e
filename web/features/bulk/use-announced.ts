import { useEffect, useRef } from 'react'
import { announce } from '../../ui/announce.tsx'

/** In ms: said once it stands still, and not for each row that a range goes over. */
const still = 400

/** Tells a text that changes, but not the one it begins with. */
export function useAnnounced(text: string) {
  const said = useRef(text)
  useEffect(() => {
    const timer = setTimeout(() => {
      if (said.current !== text) announce(text)
      said.current = text
    }, still)
    return () => clearTimeout(timer)
  }, [text])
}
