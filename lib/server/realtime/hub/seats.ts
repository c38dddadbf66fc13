import type { Seat } from './seat.ts'

/** More streams than this of one person in one session are none of one person's devices. */
const seatsPerPersonMax = 6

/** The readers of one session, all of them and by person. */
export class Seats {
  readonly all = new Set<Seat>()
  /** The oldest seat of each person, and from there `next`. */
  readonly #firstByUserId = new Map<string, Seat>()

  get people(): ReadonlyMap<string, Seat> {
    return this.#firstByUserId
  }

  /** Takes a seat. @returns the person's oldest seat where this is one too many; it is still there. */
  add(seat: Seat): Seat | null {
    this.all.add(seat)
    const first = this.#firstByUserId.get(seat.reader.userId)
    if (!first) {
      this.#firstByUserId.set(seat.reader.userId, seat)
      return null
    }
    let count = 2
    let last = first
    while (last.next) {
      last = last.next
      count += 1
    }
    last.next = seat
    return count > seatsPerPersonMax ? first : null
  }

  /** @returns whether the seat was there. */
  remove(seat: Seat): boolean {
    if (!this.all.delete(seat)) return false
    const { userId } = seat.reader
    let before = this.#firstByUserId.get(userId)
    if (before === seat) {
      if (seat.next) this.#firstByUserId.set(userId, seat.next)
      else this.#firstByUserId.delete(userId)
    } else {
      while (before && before.next !== seat) before = before.next ?? undefined
      if (before) before.next = seat.next
    }
    seat.next = null
    return true
  }

  of(userId: string): Seat[] {
    const seats: Seat[] = []
    for (let seat = this.#firstByUserId.get(userId); seat; seat = seat.next ?? undefined) seats.push(seat)
    return seats
  }
}
