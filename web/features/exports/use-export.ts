import { useRef, useState } from 'react'
import type { ExportKind } from '../../../contract/exports.ts'
import { client } from '../../api/client.ts'

type Making = { state: 'idle' } | { state: 'making'; bytes: number } | { state: 'done'; bytes: number; filename: string }

/** Makes a file and saves it: how far it is, a way to stop, and what went wrong in words. */
export function useExport(kind: ExportKind) {
  const [making, setMaking] = useState<Making>({ state: 'idle' })
  const [problem, setProblem] = useState<unknown>(null)
  const controller = useRef<AbortController | null>(null)

  async function start(query: object) {
    const stop = new AbortController()
    controller.current = stop
    setProblem(null)
    setMaking({ state: 'making', bytes: 0 })
    try {
      const response = await client.exports[kind]({ query, signal: stop.signal })
      const file = await read(response, (bytes) => setMaking({ state: 'making', bytes }))
      const filename = nameIn(response)
      save(file, filename)
      setMaking({ state: 'done', bytes: file.size, filename })
    } catch (error) {
      setMaking({ state: 'idle' })
      if (!stop.signal.aborted) setProblem(error)
    }
  }
  return { making, problem, start, stop: () => controller.current?.abort() }
}

async function read(response: Response, onBytes: (bytes: number) => void): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    parts.push(part.value)
    bytes += part.value.length
    onBytes(bytes)
  }
  return new Blob(parts, { type: response.headers.get('content-type') ?? '' })
}

const nameIn = (response: Response) => /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'landed-export'

function save(file: Blob, filename: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = filename
  link.click()
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
