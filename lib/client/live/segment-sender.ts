import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'

/** A segment on its way: the whole upload, and when its sound was captured. Server time in ms. */
export type LiveSegment = {
  number: number
  startsAtInMs: number
  endsAtInMs: number
  body: Blob
}

export type SegmentSenderDeps = {
  /** Rejects with a CodedError. */
  send: (segment: LiveSegment) => Promise<unknown>
  /** Whether a segment could still be heard by anybody if it went out now. */
  isWorthSending: (segment: LiveSegment) => boolean
  /** The server wants no more of this stream. */
  onRefused: (code: ErrorCode) => void
  /** Called when `waitingSinceInMs` has changed. */
  onChange: () => void
  now: () => number
}

/** Of a refusal with one of these another attempt will hear the same. */
const finalCodes: ReadonlySet<ErrorCode> = new Set([
  'invalid_input',
  'not_signed_in',
  'not_allowed',
  'bad_origin',
  'banned',
  'not_found',
  'session_ended',
  'lease_lost',
  'too_large',
])

/** A network that swallows requests gets no longer than this for one. */
const patienceInMs = 4_000
const retryDelayInMs = 400

export type SegmentSender = ReturnType<typeof createSegmentSender>

/**
 * Sends segments in their order, one at a time. While the network is away they wait; those that nobody could hear any more
 * when it comes back are left out, and the server makes gaps of them, so that listeners are back at once.
 */
export function createSegmentSender(deps: SegmentSenderDeps) {
  const waiting: LiveSegment[] = []
  let waitingSinceInMs: number | null = null
  let isSending = false
  let isOver = false
  let drained = Promise.withResolvers<void>()
  drained.resolve()
  let wake: () => void = () => {}

  function noteTrouble(sinceInMs: number | null): void {
    if (waitingSinceInMs === sinceInMs) return
    waitingSinceInMs = sinceInMs
    deps.onChange()
  }

  async function run(): Promise<void> {
    isSending = true
    for (let segment = waiting[0]; segment && !isOver; segment = waiting[0]) {
      if (!deps.isWorthSending(segment)) {
        waiting.shift()
        continue
      }
      const startedAtInMs = deps.now()
      try {
        await withPatience(deps.send(segment))
        if (waiting[0] === segment) waiting.shift()
        noteTrouble(null)
      } catch (thrown) {
        const code = thrown instanceof CodedError ? thrown.code : 'unavailable'
        if (finalCodes.has(code)) {
          if (!isOver) deps.onRefused(code)
          break
        }
        noteTrouble(waitingSinceInMs ?? startedAtInMs)
        await pause()
      }
    }
    isSending = false
    drained.resolve()
  }

  /** Until it is worth trying again; the browser may know that earlier. */
  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, retryDelayInMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const onOnline = () => wake()
  globalThis.addEventListener?.('online', onOnline)

  return {
    /** Since when, by `now`, nothing gets through; null while all is well. */
    get waitingSinceInMs() {
      return waitingSinceInMs
    },
    add(segment: LiveSegment): void {
      if (isOver) return
      waiting.push(segment)
      if (isSending) return
      drained = Promise.withResolvers()
      void run()
    },
    /** Resolves when nothing waits any more: all was sent, or came too late. */
    drained: () => drained.promise,
    destroy(): void {
      isOver = true
      waiting.length = 0
      wake()
      globalThis.removeEventListener?.('online', onOnline)
    },
  }
}

function withPatience<T>(attempt: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new CodedError('unavailable')), patienceInMs)
    attempt.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
