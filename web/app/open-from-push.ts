import { router } from './router.tsx'

/** Somebody opened a notification of the system while this tab was there: see public/sw.js. */
export function openFromPush(): void {
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ type?: string; url?: string } | null>) => {
    if (data?.type === 'open' && data.url?.startsWith('/')) router.history.push(data.url)
  })
}
