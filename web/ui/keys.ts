import { useEffect, useRef } from 'react'

export type KeyBinding = {
  /** `j`, `shift+j`, `?`, `Escape`, `mod+k` (⌘ on a Mac, else Ctrl), or one after the other: `g t`. */
  keys: string
  label: string
  run: (event: KeyboardEvent) => void
  /** Not listed in the map nor in the palette: doubles such as the arrow beside `j`. */
  hidden?: boolean
  /** Also while typing. Only for keys with `mod` and Escape. */
  whileTyping?: boolean
}

/** What lies over what: a key of the panel goes before the same key of the page under it, and what is selected before both. */
const layers = ['app', 'page', 'panel', 'selection', 'dialog'] as const
type Layer = (typeof layers)[number]
type Scope = { name: string; layer: Layer; bindings: () => KeyBinding[]; enabled: boolean }

const waitForSecond = 1_000
const scopes: Scope[] = []
let typed: { keys: string; at: number } | null = null

const storageKey = 'landed-letter-keys'
export const letterKeysAreOn = () => localStorage.getItem(storageKey) !== 'off'
/** Single letters can trouble people who dictate: they can be turned off (WCAG 2.1.4). */
export const turnLetterKeys = (on: boolean) => localStorage.setItem(storageKey, on ? 'on' : 'off')

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    (target.matches('input, textarea, select') && !target.matches('[type=checkbox], [type=radio], [type=button]')))

// Menus and lists use letters themselves, buttons use Enter and Space.
const hasOwnUse = (target: EventTarget | null, key: string) =>
  target instanceof HTMLElement &&
  (target.closest('[role=menu], [role=listbox], [role=combobox]') !== null ||
    ((key === 'Enter' || key === 'Space') && target.closest('button, a[href], summary, [role=button], [role=tab]') !== null))

// Also two of them after each other, and a capital.
const isLetterKey = (keys: string) => !keys.includes('mod+') && keys.split(' ').some((key) => key.replace('shift+', '').length === 1)

const nameOf = (event: KeyboardEvent) => {
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key
  const mod = event.metaKey || event.ctrlKey ? 'mod+' : ''
  // Of a sign such as `?`, shift is only the way to type it.
  const shift = event.shiftKey && (event.key.length > 1 || /\p{L}/u.test(event.key)) ? 'shift+' : ''
  return `${mod}${shift}${key}`
}

const modal = '[role=dialog][aria-modal=true]'

const nearestFirst = () => scopes.toReversed().sort((a, b) => layers.indexOf(b.layer) - layers.indexOf(a.layer))

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || event.altKey || ['Control', 'Meta', 'Shift'].includes(event.key)) return
  const name = nameOf(event)
  const typing = isTyping(event.target)
  if (!typing && hasOwnUse(event.target, name)) return
  // Escape may just have closed the one it was pressed in.
  const dialogIsOpen = document.querySelector(modal) !== null || (event.target instanceof Element && event.target.closest(modal) !== null)
  const sequence = typed && event.timeStamp - typed.at < waitForSecond ? `${typed.keys} ${name}` : null
  typed = null
  const live = nearestFirst()
    .filter((scope) => scope.enabled && (!dialogIsOpen || scope.layer === 'dialog'))
    .flatMap((scope) => scope.bindings())
    .filter((binding) => (!typing || binding.whileTyping) && (letterKeysAreOn() || !isLetterKey(binding.keys)))
  const named = (keys: string | null) => (keys === null ? undefined : live.find((binding) => binding.keys === keys))
  // A capital that has no use of its own is its letter.
  const found = named(sequence) ?? named(name) ?? named(name.replace(/^shift\+(?=.$)/, ''))
  if (found) {
    event.preventDefault()
    found.run(event)
  } else if (live.some((binding) => binding.keys.startsWith(`${name} `))) {
    typed = { keys: name, at: event.timeStamp }
  }
}

/**
 * Keys of one part of the screen. They show up in the `?` map and in the palette by themselves.
 * `scope` is the heading they stand under there: `Everywhere`, `Jobs`, `This job`.
 */
export function useKeys(scope: string, bindings: KeyBinding[], { enabled = true, layer = 'page' as Layer } = {}) {
  const latest = useRef(bindings)
  latest.current = bindings
  useEffect(() => {
    const entry: Scope = { name: scope, layer, bindings: () => latest.current, enabled }
    if (scopes.length === 0) document.addEventListener('keydown', onKeyDown)
    scopes.push(entry)
    return () => {
      scopes.splice(scopes.indexOf(entry), 1)
      if (scopes.length === 0) document.removeEventListener('keydown', onKeyDown)
    }
  }, [scope, enabled, layer])
}

/** What can be pressed now, nearest part first. */
export const listKeys = (): { scope: string; bindings: KeyBinding[] }[] => {
  const byName = new Map<string, KeyBinding[]>()
  for (const { name, bindings, enabled } of nearestFirst()) {
    const shown = enabled ? bindings().filter((binding) => !binding.hidden) : []
    if (shown.length > 0) byName.set(name, [...(byName.get(name) ?? []), ...shown])
  }
  return [...byName].map(([scope, bindings]) => ({ scope, bindings }))
}
