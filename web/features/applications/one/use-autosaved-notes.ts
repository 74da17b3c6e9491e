import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Application } from '../../../../contract/applications.ts'
import { client } from '../../../api/client.ts'
import { messageOf } from '../../../ui/problem-text.ts'
import { useLatest } from '../../../ui/use-latest.ts'
import { useChangeApplication } from '../api.ts'
import { dropDraft, useDraft } from './use-draft.ts'
import { isStale } from './use-safe-change.ts'

const afterTyping = 800

export type NotesState =
  | { kind: 'idle' | 'saving' | 'saved' }
  | { kind: 'failed'; message: string }
  | { kind: 'conflict'; theirs: string; version: number }

/**
 * Notes that save themselves. Until the server has them they are kept on this device, and a change made elsewhere
 * is never written over: then the person chooses.
 */
export function useAutosavedNotes({ id, notes, version }: Application) {
  const { mutateAsync: write } = useChangeApplication()
  const saved = notes ?? ''
  const draft = useDraft(`notes-${id}`, { text: saved, from: saved })
  const [state, setState] = useState<NotesState>({ kind: 'idle' })
  const sending = useRef<Promise<void> | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const text = draft.isDraft ? draft.value.text : saved
  const latest = useRef({ text, from: draft.value.from, version })
  const { isDraft } = draft
  useLayoutEffect(() => {
    if (!isDraft && sending.current === null) latest.current = { text: saved, from: saved, version }
    latest.current.version = Math.max(latest.current.version, version)
  }, [isDraft, saved, version])

  const send = async (ifVersion: number): Promise<void> => {
    const wanted = latest.current.text
    try {
      const result = await write({ id, changes: { notes: wanted === '' ? null : wanted }, ifVersion })
      latest.current.from = wanted
      latest.current.version = result.version
      if (latest.current.text === wanted) {
        draft.drop()
        setState({ kind: 'saved' })
      }
    } catch (error) {
      if (!isStale(error)) return setState({ kind: 'failed', message: messageOf(error) })
      const fresh = await client.applications.get({ params: { id } })
      // Something else of the record was changed: the notes are still those this text began with.
      if ((fresh.notes ?? '') === latest.current.from) return send(fresh.version)
      setState({ kind: 'conflict', theirs: fresh.notes ?? '', version: fresh.version })
    }
  }
  const save = async (ifVersion = latest.current.version) => {
    clearTimeout(timer.current)
    await sending.current
    if (latest.current.text === latest.current.from) return
    setState({ kind: 'saving' })
    sending.current = send(ifVersion).catch((error: unknown) => setState({ kind: 'failed', message: messageOf(error) }))
    await sending.current
    sending.current = null
  }
  const latestSave = useLatest(save)
  // What was typed last goes out when the page is left; what a crash kept from before goes out now.
  useEffect(() => {
    const flush = () => void latestSave.current()
    flush()
    return flush
  }, [latestSave])

  return {
    text,
    state,
    write: (next: string) => {
      latest.current.text = next
      draft.write({ text: next, from: latest.current.from })
      if (state.kind !== 'conflict') setState({ kind: 'idle' })
      clearTimeout(timer.current)
      if (state.kind !== 'conflict') timer.current = setTimeout(() => void latestSave.current(), afterTyping)
    },
    save: () => void save(),
    keepMine: () => {
      if (state.kind !== 'conflict') return
      latest.current.from = state.theirs
      void save(state.version)
    },
    takeTheirs: () => {
      if (state.kind !== 'conflict') return
      latest.current = { text: state.theirs, from: state.theirs, version: state.version }
      draft.drop()
      dropDraft(`notes-${id}`)
      setState({ kind: 'idle' })
    },
  }
}
