/**
 * Who listens, and what they are told. Notifications are read from the database: a commit only gives a hint that there are new ones,
 * so none is sent that was rolled back, and none is lost. Everything else is a message that nobody needs twice.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { ServerMessage } from '../../contract/live.ts'
import type { Notification } from '../../contract/notifications.ts'
import type { App } from '../app.ts'
import { afterCommit } from '../database/transaction.ts'
import type { FanOut, Hint } from './fan-out.ts'

/** What is told, from the feature that keeps it. */
export type Source = {
  /** The last number given out, the greatest that is there, and how many are unread: of one moment. */
  standing(userId: string): Promise<{ seq: number; newest: number; unread: number }>
  /** In their order. */
  after(userId: string, seq: number, limit: number): Promise<Notification[]>
  /** Of these, who has been given a greater number, and which. */
  ahead(seen: readonly Seen[]): Promise<Seen[]>
}
type Seen = { user_id: string; seq: number }

/** A connection that has said hello. */
export type Listener = {
  /** The last notification it was sent. */
  sentSeq: number
  /** It is still being sent what it missed, and gets nothing else that has a place in that order. */
  isBehind: boolean
  /** It was to be told how many are unread, and was behind. */
  missedCount: boolean
  send(text: string): void
}

type Room = {
  listeners: Set<Listener>
  isReading: boolean
  /** There may be new notifications. */
  hasMore: boolean
  /** How many are unread may be another number. */
  isChanged: boolean
  /** Up to this number it was looked for what is new. */
  lookedTo: number
}

export type Live = {
  rooms: Map<string, Room>
  source: Source | null
  fanOut: FanOut
  /** Asks every connection of this person whether it may still be here. */
  check: (userId: string) => void
}

const readAtOnce = 100
const readAgainAfterMs = 1_000
/** While hints of other processes may be missing, and while they arrive. */
const lookEveryMs = 3_000
const lookAnywayMs = 60_000

export const createLive = (fanOut: FanOut): Live => ({ rooms: new Map(), source: null, fanOut, check: () => {} })

/** Who joins may be behind; `caughtUp` when it is not any more. */
export function join(app: App, userId: string, listener: Listener): () => void {
  const { rooms } = app.live
  const room = rooms.get(userId) ?? { listeners: new Set(), isReading: false, hasMore: false, isChanged: false, lookedTo: 0 }
  rooms.set(userId, room)
  room.listeners.add(listener)
  return () => {
    room.listeners.delete(listener)
    if (room.listeners.size === 0 && rooms.get(userId) === room) rooms.delete(userId)
  }
}

export function caughtUp(app: App, userId: string, listener: Listener): void {
  listener.isBehind = false
  // For what was committed between its last look and now.
  look(app, userId, 'hasMore')
  if (listener.missedCount) look(app, userId, 'isChanged')
  listener.missedCount = false
}

/** After the commit: there are new notifications. */
export const hintNotifications = (app: App, userId: string) => afterCommit(app, () => hint(app, { kind: 'new', user_id: userId }))

/** After the commit: some were read, deleted or put away. */
export const hintChanged = (app: App, userId: string) => afterCommit(app, () => hint(app, { kind: 'changed', user_id: userId }))

/** After the commit: the record is another now. */
export const hintRecord = (app: App, userId: string, kind: 'job' | 'application', id: string, version: number | null) =>
  afterCommit(app, () => send(app, userId, { type: 'record_changed', kind, id, version }))

/** After the commit: a session or a token of this person is no more, or they may not be here at all. */
export const hintSignedOut = (app: App, userId: string) => afterCommit(app, () => hint(app, { kind: 'signed_out', user_id: userId }))

/** Now, to everybody of this person who listens, wherever they are connected. */
export const send = (app: App, userId: string, message: ServerMessage) => hint(app, { kind: 'message', user_id: userId, message })

/** Here at once, so that it needs nobody else, and to the other processes. */
function hint(app: App, hint: Hint): void {
  take(app, hint)
  app.live.fanOut.publish(hint)
}

function take(app: App, hint: Hint): void {
  const { user_id } = hint
  switch (hint.kind) {
    case 'new':
      look(app, user_id, 'hasMore')
      break
    case 'changed':
      look(app, user_id, 'isChanged')
      break
    case 'signed_out':
      app.live.check(user_id)
      break
    case 'message':
      sendToAll(app.live.rooms.get(user_id), hint.message)
      break
  }
}

function sendToAll(room: Room | undefined, message: ServerMessage): void {
  if (!room) return
  const text = JSON.stringify(message)
  for (const listener of room.listeners) listener.send(text)
}

/** Hears what other processes hint, and looks by itself for what they wrote: seldom while hints arrive, often while they may not. */
export function listenToOthers(app: App): () => void {
  const { fanOut } = app.live
  let lookedAt = performance.now()
  let waiting = 0
  let looking = Promise.resolve()
  const thenLook = (act: (app: App) => Promise<void>) => {
    waiting++
    lookedAt = performance.now()
    looking = looking
      .then(() => act(app))
      .catch((error: unknown) => app.log.warn({ err: error }, 'could not look for what other processes wrote; trying again'))
      .finally(() => waiting--)
  }
  fanOut.listen(
    (hint) => take(app, hint),
    () => thenLook(lookAgain),
  )
  const timer = setInterval(() => {
    if (waiting === 0 && (!fanOut.isWhole() || performance.now() - lookedAt > lookAnywayMs)) thenLook(lookForNew)
  }, lookEveryMs).unref()
  return () => clearInterval(timer)
}

/** One question for all who listen. */
async function lookForNew(app: App): Promise<void> {
  const { rooms, source } = app.live
  const seen: Seen[] = []
  for (const [user_id, room] of rooms) {
    const seq = Math.max(leastSent(room), room.lookedTo)
    if (Number.isFinite(seq)) seen.push({ user_id, seq })
  }
  if (!source || seen.length === 0) return
  for (const { user_id, seq } of await source.ahead(seen)) {
    const room = rooms.get(user_id)
    if (!room) continue
    room.lookedTo = seq
    look(app, user_id, 'hasMore')
  }
}

/** Hints were lost: of new notifications, and of others that were read. */
async function lookAgain(app: App): Promise<void> {
  await lookForNew(app)
  let looked = 0
  for (const user_id of app.live.rooms.keys()) {
    look(app, user_id, 'isChanged')
    app.live.check(user_id)
    // Thousands at once would make everybody else wait for the database.
    if (++looked % 50 === 0) await pause(20)
  }
}

/** Sends what is new, one reader a person: the next hint waits for the end of this one. */
function look(app: App, userId: string, what: 'hasMore' | 'isChanged'): void {
  const room = app.live.rooms.get(userId)
  if (!room) return
  room[what] = true
  if (room.isReading) return
  room.isReading = true
  void readAndSend(app, userId, room).catch((error: unknown) => {
    app.log.warn({ err: error }, 'what is new could not be read; trying again')
    setTimeout(() => look(app, userId, what), readAgainAfterMs).unref()
  })
}

async function readAndSend({ live }: App, userId: string, room: Room): Promise<void> {
  try {
    while ((room.hasMore || room.isChanged) && room.listeners.size > 0 && live.source) {
      if (room.hasMore) await sendNew(live.source, userId, room)
      else await sendUnread(live.source, userId, room)
    }
  } finally {
    // Here, not in whatever runs next: a hint in between would be for nobody.
    room.isReading = false
  }
}

async function sendNew(source: Source, userId: string, room: Room): Promise<void> {
  room.hasMore = false
  try {
    const from = leastSent(room)
    if (from === Number.POSITIVE_INFINITY) return
    const found = await source.after(userId, from, readAtOnce)
    if (found.length === readAtOnce) room.hasMore = true
    for (const notification of found) sendOnce(room, from, notification)
  } catch (error) {
    room.hasMore = true
    throw error
  }
}

/** At a place in the stream where it counts exactly what was sent before, so that a client can count on from there. */
async function sendUnread(source: Source, userId: string, room: Room): Promise<void> {
  room.isChanged = false
  try {
    const { newest, unread } = await source.standing(userId)
    if (newest > leastSent(room)) {
      room.hasMore = true
      room.isChanged = true
      return
    }
    const text = JSON.stringify({ type: 'notifications_changed', unread } satisfies ServerMessage)
    for (const listener of room.listeners) {
      if (listener.isBehind) listener.missedCount = true
      else listener.send(text)
    }
  } catch (error) {
    room.isChanged = true
    throw error
  }
}

/** Infinite when everybody is still behind. */
function leastSent({ listeners }: Room): number {
  let least = Number.POSITIVE_INFINITY
  for (const { sentSeq, isBehind } of listeners) if (!isBehind && sentSeq < least) least = sentSeq
  return least
}

function sendOnce({ listeners }: Room, from: number, notification: Notification): void {
  const text = notificationText(notification)
  for (const listener of listeners) {
    // Who came while this was read may lack what was before `from`: it waits for the look that its coming asked for.
    if (listener.isBehind || listener.sentSeq < from || listener.sentSeq >= notification.seq) continue
    listener.sentSeq = notification.seq
    listener.send(text)
  }
}

export const notificationText = (notification: Notification) =>
  JSON.stringify({ type: 'notification', seq: notification.seq, notification } satisfies ServerMessage)
