import type { LineFault } from '#lib/testing/line-flow.ts'
import { type Chance, createChance } from './chance.ts'

/** What is done to the lines of some networks. */
export const lineKinds = [
  'delay',
  'jitter',
  'stall',
  'throttle',
  'byte_by_byte',
  'half_close',
  'reset',
  'refuse',
] as const
/** What is killed with SIGKILL: one of the app's processes, the app as a whole, Supabase's gateway, PostgreSQL. */
export const killKinds = ['kill_app_process', 'kill_app', 'kill_realtime', 'kill_database'] as const

type LineKind = (typeof lineKinds)[number]
export type KillKind = (typeof killKinds)[number]
export type StrikeKind = LineKind | KillKind
export const strikeKinds: readonly StrikeKind[] = [...lineKinds, ...killKinds]

/** The strikes on lines that end what is open at one instant; under the others nobody can say when a line was lost. */
export const suddenKinds: readonly StrikeKind[] = ['half_close', 'reset', 'refuse']

/** What happens to the connections that are there when a strike begins. */
export type Blow = 'none' | 'reset' | 'half_close_to_client' | 'half_close_to_server'

export type LineStrike = {
  kind: LineKind
  /** After the session's clients began to act. */
  atInMs: number
  durationInMs: number
  networks: readonly number[]
  blow: Blow
  /** What the line suffers from until the strike is over; null where the blow was all. */
  fault: LineFault | null
}
export type KillStrike = { kind: KillKind; atInMs: number }
export type Strike = LineStrike | KillStrike

export function isKill(strike: Strike): strike is KillStrike {
  return !('networks' in strike)
}

/** How long after the beginning the last strike falls. */
const lastStrikeAtInMs = 7_000

/**
 * The faults of one seed: 2 to 5, of different kinds. The first one takes its turn among all kinds, so that as many
 * seeds as there are kinds have tried each. At most one part of Supabase is killed a seed, and the app once: whoever
 * supervises them gives up on what crashes all the time.
 */
export function planStrikes(seed: number, networkCount: number): Strike[] {
  const chance = createChance(seed)
  const first = strikeKinds[seed % strikeKinds.length] ?? 'reset'
  const kinds: StrikeKind[] = [first]
  const count = chance.integer(2, 5)
  for (const kind of chance.someOf(strikeKinds, strikeKinds.length)) {
    if (kinds.length < count && !kinds.some((other) => excludes(other, kind))) kinds.push(kind)
  }
  return kinds
    .map((kind) => planStrike(kind, networkCount, chance))
    .sort((one, other) => one.atInMs - other.atInMs)
}

function excludes(one: StrikeKind, other: StrikeKind): boolean {
  const part = (kind: StrikeKind) =>
    kind.startsWith('kill') ? (kind.startsWith('kill_app') ? 'app' : 'supabase') : kind
  return part(one) === part(other)
}

function planStrike(kind: StrikeKind, networkCount: number, chance: Chance): Strike {
  const atInMs = Math.round(chance.between(300, lastStrikeAtInMs))
  if (isKillKind(kind)) return { kind, atInMs }
  const all = Array.from({ length: networkCount }, (_, index) => index)
  // Byte by byte costs a system call a byte.
  const share = kind === 'byte_by_byte' ? 0.05 : chance.between(0.2, 0.8)
  const networks = chance.someOf(all, Math.max(1, Math.round(share * networkCount)))
  const durationInMs = Math.round(chance.between(1_000, 4_000))
  return { kind, atInMs, networks, ...effectOf(kind, durationInMs, chance) }
}

function effectOf(
  kind: LineKind,
  durationInMs: number,
  chance: Chance,
): Pick<LineStrike, 'durationInMs' | 'blow' | 'fault'> {
  const lasting = (fault: LineFault, blow: Blow = 'none') => ({ durationInMs, blow, fault })
  const sudden = (blow: Blow) => ({ durationInMs: 0, blow, fault: null })
  switch (kind) {
    case 'delay':
      return lasting({ kind, delayInMs: Math.round(chance.between(100, 1_000)) })
    case 'jitter':
      return lasting({ kind, maxInMs: Math.round(chance.between(100, 1_000)) })
    case 'throttle':
      return lasting({ kind, bytesPerSecond: Math.round(chance.between(2_000, 20_000)) })
    case 'stall':
    case 'byte_by_byte':
      return lasting({ kind })
    case 'refuse':
      return lasting({ kind }, 'reset')
    case 'reset':
      return sudden('reset')
    case 'half_close':
      return sudden(chance.oneOf(['half_close_to_client', 'half_close_to_server']))
  }
}

function isKillKind(kind: StrikeKind): kind is KillKind {
  return killKinds.some((kill) => kill === kind)
}
