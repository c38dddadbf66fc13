import type { StrikeKind } from '../plan/plan-strikes.ts'
import type { ClientHistory, History, StrikeHistory } from './history.ts'

export type Recovery = {
  /** One for every time that a client lost its way down: from the healing to "live". */
  reconnections: Reconnection[]
  /** How often a client was back before all was whole again that had hit it: no such time can be told. */
  backBeforeHealing: number
  /**
   * One a strike and client that it hit: from the healing until it had what was acknowledged by then. Where something else
   * still hit the client, that one's healing counts.
   */
  catchUps: { kind: StrikeKind; way: string; tookInMs: number }[]
}

export type Reconnection = { kind: StrikeKind | 'none'; way: string; tookInMs: number }

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
 * client meanwhile, or from the loss where nothing had to heal; its kind is that of the last blow before the loss.
 */
function outagesOf(client: ClientHistory, strikes: readonly StrikeHistory[]): Outage[] {
  const outages: Outage[] = []
  let downAtInMs: number | null = null
  let wasOpen = false
  for (const { atInMs, isOpen, isLive } of client.sights) {
    if (wasOpen && !isOpen) downAtInMs ??= atInMs
    if (downAtInMs !== null && isLive) {
      outages.push(measureOutage(client, strikes, downAtInMs, atInMs))
      downAtInMs = null
    }
    wasOpen = isOpen
  }
  if (downAtInMs !== null) outages.push(measureOutage(client, strikes, downAtInMs, Number.POSITIVE_INFINITY))
  return outages
}

function measureOutage(
  client: ClientHistory,
  strikes: readonly StrikeHistory[],
  downAtInMs: number,
  liveAtInMs: number,
): Outage {
  const hits = strikes.filter(
    (strike) => isHit(client, strike) && strike.healedAtInMs + noticedWithinInMs >= downAtInMs,
  )
  if (isHitAt(client, strikes, liveAtInMs)) return 'back_before_healing'
  const cause = newest(hits, ({ struckAtInMs }) => struckAtInMs, downAtInMs + clocksDifferByInMs)
  const healing = newest(hits, ({ healedAtInMs }) => healedAtInMs, liveAtInMs)
  const sinceInMs = Math.max(downAtInMs, healing?.healedAtInMs ?? 0)
  return { kind: cause?.kind ?? 'none', way: client.way, tookInMs: liveAtInMs - sinceInMs }
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
