import { type StrikeKind, suddenKinds } from '../plan/plan-strikes.ts'
import type { ClientHistory, History, StrikeHistory } from './history.ts'

export type Recovery = {
  /** One for every time that a client lost its way down. */
  reconnections: Reconnection[]
  /** How often a client was back before all was whole again that had hit it: no such time can be told. */
  backBeforeHealing: number
  /**
   * One a strike and client that it hit: from the healing until it had what was acknowledged by then. Where something else
   * still hit the client, that one's healing counts.
   */
  catchUps: { kind: StrikeKind; way: string; tookInMs: number }[]
}

export type Reconnection = {
  kind: StrikeKind | 'none'
  way: string
  /** To "live", from the blow or the healing after it: whoever listens was without it also while nobody noticed. */
  tookInMs: number
  /** The part of it for which the client knew. */
  sinceNoticedInMs: number
}

/** A client may notice this much later that its line was hit. */
const noticedWithinInMs = 5_000
/** Strikes and sights are written down by two processes that are busy. */
const clocksDifferByInMs = 50

/** How long people were without what they came for, after what was broken was whole again. Pure. */
export function measureRecovery(history: History): Recovery {
  const { clients, strikes } = history
  const outages = clients.flatMap((client) => outagesOf(client, strikes))
  return {
    reconnections: outages.filter((outage) => outage !== 'back_before_healing'),
    backBeforeHealing: outages.filter((outage) => outage === 'back_before_healing').length,
    catchUps: strikes.flatMap((strike) => {
      const newest = newestAcknowledged(history, strike.healedAtInMs)
      return clients
        .filter((client) => isHit(client, strike) && !isHitAt(client, strikes, strike.healedAtInMs))
        .map((client) => ({
          kind: strike.kind,
          way: client.way,
          tookInMs: waitFor(client, strike.healedAtInMs, newest),
        }))
    }),
  }
}

function isHit({ network }: ClientHistory, { networks }: StrikeHistory): boolean {
  return networks === null || networks.includes(network)
}

/** Whether something hits a client at an instant. */
function isHitAt(client: ClientHistory, strikes: readonly StrikeHistory[], atInMs: number): boolean {
  return strikes.some(
    (strike) => isHit(client, strike) && strike.struckAtInMs <= atInMs && atInMs < strike.healedAtInMs,
  )
}

function newestAcknowledged({ commands }: History, byInMs: number): number {
  const seqs = commands.flatMap(({ answeredAtInMs, result }) =>
    result.ok && answeredAtInMs <= byInMs ? (result.seq ?? 0) : 0,
  )
  return Math.max(0, ...seqs)
}

function waitFor({ sights }: ClientHistory, sinceInMs: number, seq: number): number {
  const there = sights.find((sight) => sight.seq >= seq)
  return there ? Math.max(0, there.atInMs - sinceInMs) : Number.POSITIVE_INFINITY
}

type Outage = Reconnection | 'back_before_healing'

/**
 * Each time from the loss of the way down to "live". It counts from the last healing before its end of what hit this
 * client meanwhile, or from the blow that it had not noticed yet, or from the loss where there was none; its kind is that
 * of the last strike before the loss.
 */
function outagesOf(client: ClientHistory, strikes: readonly StrikeHistory[]): Outage[] {
  const outages: Outage[] = []
  let downAtInMs: number | null = null
  let backAtInMs = Number.NEGATIVE_INFINITY
  let wasOpen = false
  for (const { atInMs, isOpen, isLive } of client.sights) {
    if (wasOpen && !isOpen) downAtInMs ??= atInMs
    if (downAtInMs !== null && isLive) {
      outages.push(measureOutage(client, strikes, { backAtInMs, downAtInMs, liveAtInMs: atInMs }))
      backAtInMs = atInMs
      downAtInMs = null
    }
    wasOpen = isOpen
  }
  const liveAtInMs = Number.POSITIVE_INFINITY
  if (downAtInMs !== null) {
    outages.push(measureOutage(client, strikes, { backAtInMs, downAtInMs, liveAtInMs }))
  }
  return outages
}

function measureOutage(
  client: ClientHistory,
  strikes: readonly StrikeHistory[],
  /** `backAtInMs`: when it was live again after the outage before. */
  { backAtInMs, downAtInMs, liveAtInMs }: { backAtInMs: number; downAtInMs: number; liveAtInMs: number },
): Outage {
  /** However late it is noticed, a blow is what ended the line; it ends one line only. */
  const isBlow = ({ kind, struckAtInMs }: StrikeHistory) =>
    suddenKinds.includes(kind) && struckAtInMs >= backAtInMs
  const hits = strikes.filter(
    (strike) =>
      isHit(client, strike) && (isBlow(strike) || strike.healedAtInMs + noticedWithinInMs >= downAtInMs),
  )
  if (isHitAt(client, strikes, liveAtInMs)) return 'back_before_healing'
  const cause = newest(hits, ({ struckAtInMs }) => struckAtInMs, downAtInMs + clocksDifferByInMs)
  const healing = newest(hits, ({ healedAtInMs }) => healedAtInMs, liveAtInMs)
  const blow = newest(hits.filter(isBlow), ({ struckAtInMs }) => struckAtInMs, downAtInMs)
  const healedAtInMs = healing?.healedAtInMs ?? 0
  return {
    kind: cause?.kind ?? 'none',
    way: client.way,
    tookInMs: liveAtInMs - Math.max(blow?.struckAtInMs ?? downAtInMs, healedAtInMs),
    sinceNoticedInMs: liveAtInMs - Math.max(downAtInMs, healedAtInMs),
  }
}

/** The strike of which something happened last, up to an instant. */
function newest(
  strikes: readonly StrikeHistory[],
  instantOf: (strike: StrikeHistory) => number,
  upToInMs: number,
): StrikeHistory | undefined {
  return strikes
    .filter((strike) => instantOf(strike) <= upToInMs)
    .toSorted((one, other) => instantOf(other) - instantOf(one))[0]
}
