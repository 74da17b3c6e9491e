import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useLatest } from './use-latest.ts'

type LoadMoreProps = { label: string; isLoading: boolean; onMore: () => void }

/** The end of what is loaded: comes near, and more is asked for. A button as well, for who gets here by keyboard. */
export function LoadMore({ label, isLoading, onMore }: LoadMoreProps) {
  const button = useRef<HTMLButtonElement>(null)
  const more = useLatest(onMore)
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!isLoading && entries.some((entry) => entry.isIntersecting)) more.current()
      },
      { root: document.getElementById('main'), rootMargin: '600px' },
    )
    if (button.current) observer.observe(button.current)
    return () => observer.disconnect()
  }, [isLoading, more])
  return (
    <Button ref={button} mt="sm" size="compact-md" variant="subtle" color="gray" loading={isLoading} onClick={onMore}>
      {label}
    </Button>
  )
}
