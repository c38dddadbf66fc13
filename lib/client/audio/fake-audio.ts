/**
 * A media element for tests of the engine, in simulated time: it plays HLS natively, as an older iPhone does, its
 * position follows `performance.now`, its seeks take 60 ms, and everything is loaded unless `isStarved`.
 */
export class FakeAudio extends EventTarget {
  paused = true
  seeking = false
  ended = false
  error: { code: number } | null = null
  volume = 1
  muted = false
  preload = ''
  preservesPitch = true
  src = ''
  durationInSeconds = 63
  sinkId = ''
  /** The loudspeakers that there are. */
  sinkIds = ['']
  /** The browser refuses to play without a gesture. */
  refusesToPlay = false
  /** The network brings nothing: what was loaded is gone, and the position stands still. */
  isStarved = false
  private rate = 1
  private positionInMs = 0
  private readAtInMs = performance.now()

  get playbackRate(): number {
    return this.rate
  }
  set playbackRate(next: number) {
    this.settle()
    this.rate = next
  }

  get currentTime(): number {
    this.settle()
    return this.positionInMs / 1_000
  }
  set currentTime(seconds: number) {
    this.settle()
    this.positionInMs = seconds * 1_000
    this.seeking = true
    setTimeout(() => {
      this.settle()
      this.seeking = false
    }, 60)
  }

  get readyState(): number {
    if (!this.src || this.error) return 0
    return this.isStarved ? 1 : 4
  }

  get buffered(): Pick<TimeRanges, 'length' | 'start' | 'end'> {
    const length = this.src && !this.isStarved ? 1 : 0
    return { length, start: () => 0, end: () => this.durationInSeconds }
  }

  async play(): Promise<void> {
    if (this.refusesToPlay) throw new DOMException('play() needs a gesture', 'NotAllowedError')
    this.settle()
    this.paused = false
  }

  pause(): void {
    if (this.paused) return
    this.settle()
    this.paused = true
    this.dispatchEvent(new Event('pause'))
  }

  /** Its clock jumps, as a fresh one does. */
  jump(byInMs: number): void {
    this.settle()
    this.positionInMs += byInMs
  }

  /** What was loaded cannot be played, until it is loaded anew. */
  break(code: number): void {
    this.settle()
    this.error = { code }
    this.dispatchEvent(new Event('error'))
  }

  load(): void {
    this.error = null
    this.paused = true
    this.positionInMs = 0
  }

  async setSinkId(sinkId: string): Promise<void> {
    if (!this.sinkIds.includes(sinkId)) throw new DOMException('no such device', 'NotFoundError')
    this.sinkId = sinkId
  }

  /** When media time 0 was, as Safari says it of a live stream; not a number where nobody has said so. */
  startDateInMs = Number.NaN
  getStartDate(): Date {
    return new Date(this.startDateInMs)
  }

  canPlayType(): string {
    return 'maybe'
  }

  removeAttribute(): void {
    this.src = ''
  }

  private settle(): void {
    const now = performance.now()
    const isRunning = !this.paused && !this.seeking && this.src && !this.isStarved && !this.error
    if (isRunning) this.positionInMs += (now - this.readAtInMs) * this.rate
    this.readAtInMs = now
  }
}
