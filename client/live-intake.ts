import type { ServerMessage } from '../contract/live.ts'
import type { Notification } from '../contract/notifications.ts'

type Progress = ServerMessage & { type: 'import_progress' | 'task_progress' }
type RecordChanged = ServerMessage & { type: 'record_changed' }

/**
 * - `connecting`: a socket is being opened, or will be in a moment
 * - `live`: told of everything at once
 * - `polling`: sockets do not get through; the server is asked from time to time
 * - `away`: the server does not answer either way; tried again and again
 * - `offline`: this device has no network; goes on when it has
 * - `signed_out`: not tried any more until `reconnect()`
 * - `closed`: for good
 */
export type LiveState = 'connecting' | 'live' | 'polling' | 'away' | 'offline' | 'signed_out' | 'closed'

/** What a listener is told. Each is called when it is so, and what it throws stops nothing. */
export type LiveEvents = {
  /** Each once, in order; `notification.seq` is where to go on from another time. */
  onNotification?: (notification: Notification) => void
  /** How many are unread now. */
  onUnread?: (unread: number) => void
  /** A job or an application is another now, or gone when `version` is null. */
  onRecordChanged?: (change: RecordChanged) => void
  /** How far an import or a task is. */
  onProgress?: (progress: Progress) => void
  /**
   * What is shown may be out of date. `connected`: from here on changes are told. `polled`: the server was asked, for they are not.
   * `resync`: notifications were missed as well; read their list again.
   */
  onRefetch?: (reason: 'connected' | 'polled' | 'resync') => void
  onState?: (state: LiveState) => void
}

/** What has arrived, by whichever way: doubles are dropped, the count of unread goes along. */
export class Intake {
  /** Null until it is known where "from now on" begins. */
  lastSeq: number | null
  readonly #events: LiveEvents
  #unread: number | null = null
  /** The last notification that `#unread` counts. */
  #countedTo = 0

  constructor(events: LiveEvents, lastSeq: number | null) {
    this.#events = events
    this.lastSeq = lastSeq
  }

  take(message: ServerMessage): void {
    switch (message.type) {
      case 'ready':
        this.lastSeq ??= message.seq
        this.setUnread(message.unread, message.seq)
        this.#tell('onRefetch', 'connected')
        break
      case 'notification':
        this.takeNotification(message.notification)
        break
      case 'notifications_changed':
        this.setUnread(message.unread, this.lastSeq ?? 0)
        break
      case 'resync':
        this.resync(message.seq)
        break
      case 'record_changed':
        this.#tell('onRecordChanged', message)
        break
      case 'import_progress':
      case 'task_progress':
        this.#tell('onProgress', message)
        break
    }
  }

  takeNotification(notification: Notification): void {
    const { seq, read_at, snoozed_until } = notification
    if (this.lastSeq !== null && seq <= this.lastSeq) return
    this.lastSeq = seq
    this.#tell('onNotification', notification)
    if (seq <= this.#countedTo) return
    if (read_at === null && snoozed_until === null) this.setUnread((this.#unread ?? 0) + 1, seq)
  }

  /** Too much was missed to be told one by one. The number may also be a smaller one: of a server that was set back. */
  resync(seq: number): void {
    this.lastSeq = seq
    this.#tell('onRefetch', 'resync')
  }

  setUnread(unread: number, countedTo: number): void {
    this.#countedTo = countedTo
    if (unread === this.#unread) return
    this.#unread = unread
    this.#tell('onUnread', unread)
  }

  polled(): void {
    this.#tell('onRefetch', 'polled')
  }

  #tell<Name extends keyof LiveEvents>(name: Name, about: Told<Name>): void {
    tell(this.#events, name, about)
  }
}

type Told<Name extends keyof LiveEvents> = Parameters<NonNullable<LiveEvents[Name]>>[0]

export function tell<Name extends keyof LiveEvents>(events: LiveEvents, name: Name, about: Told<Name>): void {
  try {
    ;(events[name] as ((about: Told<Name>) => void) | undefined)?.(about)
  } catch (error) {
    // A mistake of the listener is shown as one, and the connection goes on.
    queueMicrotask(() => {
      throw error
    })
  }
}
