import type { Way } from '#lib/protocol/session-requests.ts'
import type { Stream, Transport, TransportListener } from './transport.ts'
import {
  type ClimbReason,
  isUnsteady,
  nextClimbDelayInMs,
  openWithinInMs,
  orderToTry,
  waysAbove,
} from './way-decisions.ts'
import type { WayMemory } from './way-memory.ts'

export type ChooserDeps = {
  transports: Record<Way, Transport>
  /** The server's order as of now: it changes with the size of the room. */
  askWays: () => Promise<readonly Way[]>
  memory: WayMemory
  now: () => number
  random: () => number
}

/** One of the ways, while it is tried or serves. */
type Line = {
  readonly way: Way
  stream: Stream | null
  isClosed: boolean
  hasFailed: boolean
  breaksAtInMs: number[]
}

/**
 * One transport made of several. The first way that opens serves, and the others are closed; while it is down, the next
 * one is tried beside it. From a lower way it climbs back when a better one opens: make before break, so that a change
 * of way is not seen. What arrives twice or early meanwhile is for the session client to sort out, as always.
 */
export function chooseTransport(deps: ChooserDeps): Transport {
  return { open: (sessionId, listener, ways) => openChosen(deps, sessionId, listener, ways) }
}

function openChosen(
  { transports, askWays, memory, now, random }: ChooserDeps,
  sessionId: string,
  listener: TransportListener,
  firstWays: readonly Way[],
): Stream {
  const lines = new Map<Way, Line>()
  let ways = firstWays
  let serving: Line | null = null
  let isOpen = false
  /** Where to go on from when nothing is open. */
  let fallFrom = memory.recall()
  let unsteadyWay: Way | null = null
  /** The ways that did not open, or not for long, where another one did. */
  const failed = new Set<Way>()
  /** The better ways that are still to be tried in this climb; the first one is being tried. */
  let climbing: Way[] = []
  let climbAttempt = 0
  let closed = false
  let fallTimer: ReturnType<typeof setTimeout> | undefined
  let climbTimer: ReturnType<typeof setTimeout> | undefined
  let rungTimer: ReturnType<typeof setTimeout> | undefined

  const openLine = (way: Way): void => {
    const line: Line = { way, stream: null, isClosed: false, hasFailed: false, breaksAtInMs: [] }
    lines.set(way, line)
    const stream = transports[way].open(sessionId, listenerOf(line), ways)
    line.stream = stream
    if (line.isClosed) stream.close()
  }

  const closeLine = (line: Line): void => {
    line.isClosed = true
    lines.delete(line.way)
    line.stream?.close()
  }

  const close = (): void => {
    closed = true
    clearTimeout(fallTimer)
    clearTimeout(climbTimer)
    clearTimeout(rungTimer)
    for (const line of lines.values()) closeLine(line)
  }

  const listenerOf = (line: Line): TransportListener => ({
    cursor: listener.cursor,
    revs: listener.revs,
    channel: listener.channel,
    onEnvelope: (envelope) => {
      if (!line.isClosed) listener.onEnvelope(envelope)
    },
    onGap: () => {
      if (!line.isClosed) listener.onGap()
    },
    onPresence: (presence) => {
      if (line === serving) listener.onPresence(presence)
    },
    onRefused: (code) => {
      if (closed || line.isClosed) return
      close()
      listener.onRefused(code)
    },
    onState: (state) => {
      if (line.isClosed) return
      if (state.status === 'open') onOpen(line)
      else if (state.status === 'down') onDown(line, state.retryInMs)
    },
  })

  const onOpen = (line: Line): void => {
    clearTimeout(fallTimer)
    const before = serving
    const fellInOutage = before !== null && !isOpen
    serving = line
    isOpen = true
    fallFrom = line.way
    failed.delete(line.way)
    for (const other of [...lines.values()]) {
      if (other === line) continue
      if (other !== before || fellInOutage) failed.add(other.way)
      closeLine(other)
    }
    if (before !== line) {
      keepInMind(line.way)
      clearTimeout(rungTimer)
      climbing = []
      climbLater(fellInOutage ? { is: 'outage' } : { is: 'blocked', attempt: climbAttempt })
    }
    listener.onState({ status: 'open', way: line.way })
  }

  /** A lower way is worth beginning with where a better one failed, not where the server asks for it in a large room. */
  const keepInMind = (way: Way): void => {
    const better = waysAbove(ways, way)
    if (better.some((other) => failed.has(other))) memory.remember(way)
    else if (better.length === 0 && memory.recall() !== way) memory.forget()
  }

  const onDown = (line: Line, retryInMs: number | null): void => {
    if (line !== serving) {
      const isFirstFailure = !line.hasFailed
      line.hasFailed = true
      if (line.way === climbing[0]) giveUpRung()
      // Nothing is open, and this way will not be at once: no use in waiting for it alone.
      else if (!isOpen && isFirstFailure) tryNext()
      return
    }
    isOpen = false
    if (retryInMs === null) line.breaksAtInMs.push(now())
    listener.onState({ status: 'down', retryInMs })
    if (isUnsteady(line.breaksAtInMs, now())) {
      unsteadyWay = line.way
      failed.add(line.way)
      closeLine(line)
      serving = null
      tryNext()
    } else fallAfter(openWithinInMs + (retryInMs ?? 0))
  }

  const fallAfter = (delayInMs: number): void => {
    clearTimeout(fallTimer)
    fallTimer = setTimeout(tryNext, delayInMs)
  }

  /** Tries one more way beside those that are being tried. */
  function tryNext(): void {
    const untried = orderToTry(ways, fallFrom).filter((way) => !lines.has(way))
    const next = untried.find((way) => way !== unsteadyWay) ?? untried[0]
    if (next === undefined || isOpen || closed) return
    openLine(next)
    if (!isOpen) fallAfter(openWithinInMs)
  }

  const climbLater = (reason: ClimbReason): void => {
    clearTimeout(climbTimer)
    if (!serving) return
    const isAtTop = waysAbove(ways, serving.way).length === 0
    // The cheaper ways serve rooms of any size; there is nothing to be asked.
    if (isAtTop && serving.way !== 'websocket') return
    const actualReason: ClimbReason = isAtTop ? { is: 'at_the_top' } : reason
    climbTimer = setTimeout(() => void climb(actualReason), nextClimbDelayInMs(actualReason, random))
  }

  const climb = async (reason: ClimbReason): Promise<void> => {
    if (reason.is === 'blocked') climbAttempt += 1
    // Whoever stayed at the top for so long may count on the way that was blocked once.
    if (reason.is === 'at_the_top') climbAttempt = 0
    // After an outage everybody climbs: the server has enough to do.
    if (reason.is !== 'outage') ways = await askWays().catch(() => ways)
    if (closed) return
    climbing = serving && isOpen ? waysAbove(ways, serving.way) : []
    if (climbing.length > 0) tryRung()
    else climbLater({ is: 'blocked', attempt: climbAttempt })
  }

  const tryRung = (): void => {
    const [way] = climbing
    if (way === undefined) {
      climbLater({ is: 'blocked', attempt: climbAttempt })
      return
    }
    clearTimeout(rungTimer)
    rungTimer = setTimeout(giveUpRung, openWithinInMs)
    if (!lines.has(way)) openLine(way)
  }

  function giveUpRung(): void {
    clearTimeout(rungTimer)
    const [way] = climbing
    const line = way && lines.get(way)
    if (way) failed.add(way)
    climbing = climbing.slice(1)
    if (line && isOpen) closeLine(line)
    tryRung()
  }

  listener.onState({ status: 'connecting' })
  tryNext()
  return {
    check: (reason) => {
      for (const { stream } of lines.values()) stream?.check(reason)
      if (reason !== 'network_changed') return
      memory.forget()
      climbAttempt = 0
      unsteadyWay = null
      failed.clear()
      climbLater({ is: 'outage' })
    },
    close,
  }
}
