import { Temporal } from 'temporal-polyfill'
import type { When } from './story.ts'

/** The sample's days as real ones, counted from the day it is in `timezone` at `now`. */
export class Days {
  readonly #now: Temporal.Instant
  readonly #timezone: string
  readonly #today: Temporal.PlainDate

  constructor(now: Date, timezone: string) {
    this.#now = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    this.#timezone = timezone
    this.#today = this.#now.toZonedDateTimeISO(timezone).toPlainDate()
  }

  day(days: number): string {
    return this.#today.add({ days }).toString()
  }

  /** Of what the person does, at any hour of the week. What would come after `now` has just happened. */
  done([days, time]: When): string {
    const at = this.#instant(this.#today.add({ days }), time)
    return text(Temporal.Instant.compare(at, this.#now) > 0 ? this.#now : at)
  }

  /** Of what a company does: on a weekend it is on the Friday before, or, ahead, on the Monday after. Tomorrow stays. */
  office([days, time]: When): string {
    const day = this.#today.add({ days })
    const weekend = day.dayOfWeek - 5
    if (weekend <= 0 || days === 1) return days > 0 ? text(this.#instant(day, time)) : this.done([days, time])
    return days > 0 ? text(this.#instant(day.add({ days: 3 - weekend }), time)) : this.done([days - weekend, time])
  }

  #instant(day: Temporal.PlainDate, time: string): Temporal.Instant {
    return day.toZonedDateTime({ timeZone: this.#timezone, plainTime: time }).toInstant()
  }
}

const text = (instant: Temporal.Instant) => instant.toString({ fractionalSecondDigits: 3 })
