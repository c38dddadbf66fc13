/** People who left a moment ago and mostly come back: between two long polls, or on a new connection. */
export class Lingering {
  readonly #untilInMs = new Map<string, number>()

  get userIds(): ReadonlyMap<string, number> {
    return this.#untilInMs
  }

  add(userId: string, untilInMs: number): void {
    this.#untilInMs.set(userId, untilInMs)
  }

  /** @returns whether the person was there. */
  remove(userId: string): boolean {
    return this.#untilInMs.delete(userId)
  }

  /** Forgets who did not come back. @returns whether that was anybody. */
  sweep(nowInMs: number): boolean {
    const before = this.#untilInMs.size
    for (const [userId, untilInMs] of this.#untilInMs) {
      if (untilInMs <= nowInMs) this.#untilInMs.delete(userId)
    }
    return this.#untilInMs.size < before
  }
}
