import type { useExport } from './use-export.ts'

/** `1.4 MB so far`; space is kept for it, so nothing moves. */
export function Making({ making }: Pick<ReturnType<typeof useExport>, 'making'>) {
  return (
    <output aria-live="polite" className="dimmed">
      {making.state === 'making' && (making.bytes === 0 ? 'Getting it ready' : `${size(making.bytes)} so far`)}
      {making.state === 'done' && `${making.filename} is saved, ${size(making.bytes)}`}
    </output>
  )
}

function size(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
