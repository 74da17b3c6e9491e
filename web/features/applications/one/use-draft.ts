import { useState } from 'react'

const nameOf = (key: string) => `landed-draft-${key}`

function readDraft<T>(key: string): T | null {
  try {
    const text = localStorage.getItem(nameOf(key))
    return text === null ? null : (JSON.parse(text) as T)
  } catch {
    return null
  }
}

function writeDraft(key: string, value: unknown): void {
  try {
    localStorage.setItem(nameOf(key), JSON.stringify(value))
  } catch {
    // No room left on the device: what is written is still on the screen.
  }
}

export const dropDraft = (key: string) => localStorage.removeItem(nameOf(key))

/** Something being written, kept on this device until it is saved: a closed panel or a crash loses none of it. */
export function useDraft<T>(key: string, saved: T) {
  const [draft, setDraft] = useState<T | null>(() => readDraft<T>(key))
  const write = (value: T) => {
    setDraft(value)
    writeDraft(key, value)
  }
  const drop = () => {
    setDraft(null)
    dropDraft(key)
  }
  return { value: draft ?? saved, isDraft: draft !== null, write, drop }
}
