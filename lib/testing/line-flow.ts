import type { Socket } from 'node:net'

/** What a line does to the bytes on it while it lasts. Order is kept, and nothing is lost: TCP sees to that. */
export type LineFault =
  | { kind: 'delay'; delayInMs: number }
  /** Each chunk waits up to `maxInMs`. */
  | { kind: 'jitter'; maxInMs: number }
  /** Nothing passes, and nobody is told. */
  | { kind: 'stall' }
  | { kind: 'throttle'; bytesPerSecond: number }
  /** One byte a write; in larger pieces once so much waits that the line would never catch up. */
  | { kind: 'byte_by_byte' }
  /** New connections are reset at once. */
  | { kind: 'refuse' }

/** One direction of one connection. */
export type LineFlow = {
  /** Applies a fault to what comes from now on; null lets everything pass that was held back. */
  suffer: (fault: LineFault | null) => void
  /** Tells the receiving end that nothing more will come, and swallows what still does. */
  end: () => void
}

type Held = { bytes: Buffer; dueAtInMs: number }

/** With so much held back the sender feels it. */
const heldBytesMax = 1024 * 1024
const throttleStepInMs = 20
/** A byte a write until this much waits. */
const patientBytes = 8 * 1024

/** Carries what one socket sends to another one, under a fault that may change at any time. */
export function openLineFlow(from: Socket, to: Socket, random: () => number): LineFlow {
  let held: Held[] = []
  let heldBytes = 0
  let fault: LineFault | null = null
  let isOver = false
  let isSwallowed = false
  let isWaiting = false
  let timer: NodeJS.Timeout | undefined
  let turn: NodeJS.Immediate | undefined

  const take = (sizeInBytes: number): Buffer => {
    const [head] = held
    if (!head) return Buffer.alloc(0)
    const piece = head.bytes.subarray(0, sizeInBytes)
    if (piece.length === head.bytes.length) held.shift()
    else head.bytes = head.bytes.subarray(sizeInBytes)
    heldBytes -= piece.length
    return piece
  }

  const pumpAfter = (delayInMs: number): void => {
    if (delayInMs > 0) timer = setTimeout(pump, delayInMs)
    else turn = setImmediate(pump)
  }

  function pump(): void {
    clearTimeout(timer)
    clearImmediate(turn)
    if (isWaiting || isSwallowed || fault?.kind === 'stall') return
    for (let head = held[0]; head; head = held[0]) {
      const waitInMs = head.dueAtInMs - performance.now()
      if (waitInMs > 0) {
        pumpAfter(waitInMs)
        return
      }
      const step = stepUnder(fault, heldBytes)
      if (!to.write(take(step.sizeInBytes))) {
        isWaiting = true
        to.once('drain', () => {
          isWaiting = false
          pump()
        })
        return
      }
      if (step.pauseInMs !== null && held.length > 0) {
        pumpAfter(step.pauseInMs)
        return
      }
    }
    if (isOver) to.end()
    else from.resume()
  }

  const finish = (): void => {
    isOver = true
    pump()
  }
  const swallow = (): void => {
    isSwallowed = true
    held = []
    clearTimeout(timer)
    clearImmediate(turn)
    from.resume()
  }

  from.on('data', (bytes: Buffer) => {
    if (isSwallowed) return
    held.push({ bytes, dueAtInMs: performance.now() + delayUnder(fault, random) })
    heldBytes += bytes.length
    if (heldBytes > heldBytesMax) from.pause()
    pump()
  })
  // What a sender said before it went away still arrives, as on a real line.
  from.on('end', finish)
  from.on('close', finish)
  to.on('close', swallow)

  return {
    suffer: (next) => {
      fault = next
      if (!fault) for (const piece of held) piece.dueAtInMs = 0
      pump()
    },
    end: () => {
      swallow()
      to.end()
    },
  }
}

function delayUnder(fault: LineFault | null, random: () => number): number {
  if (fault?.kind === 'delay') return fault.delayInMs
  if (fault?.kind === 'jitter') return random() * fault.maxInMs
  return 0
}

/** How much to write at once, and how long to rest after it; null: go on. */
function stepUnder(
  fault: LineFault | null,
  heldBytes: number,
): { sizeInBytes: number; pauseInMs: number | null } {
  if (fault?.kind === 'throttle') {
    const sizeInBytes = Math.max(1, Math.round((fault.bytesPerSecond * throttleStepInMs) / 1000))
    return { sizeInBytes, pauseInMs: throttleStepInMs }
  }
  if (fault?.kind === 'byte_by_byte')
    return { sizeInBytes: Math.ceil(heldBytes / patientBytes), pauseInMs: 0 }
  return { sizeInBytes: Number.MAX_SAFE_INTEGER, pauseInMs: null }
}
