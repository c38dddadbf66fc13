import type { RoundFigures } from './analyse/analyse-round.ts'
import type { HappeningKind } from './analyse/happenings.ts'
import { percentile } from './analyse/percentile.ts'

/** The last line of the bench. Offsets are between pairs of outputs, in ms, without their sign. */
export type Figures = {
  trackingP50Ms: number | null
  trackingP95Ms: number | null
  overallP95Ms: number | null
  maxMs: number | null
  joins: number
  timeToSyncP95Ms: number | null
  trackChangeP95Ms: number | null
  stalls: number
  glitches: number
  loadAverage: number
  rounds: number
  timeToSyncP50Ms: number | null
  neverInSync: number
  glitchesPerMinute: number
  comparisons: number
  discarded: { elsewhere: number; ambiguous: number }
}

/** From a tap that asks for sound, or moves it, to sound in sync. Play and next have a lead of a second by design. */
const joinsAndSeeks: readonly HappeningKind[] = ['come_in', 'listen', 'reload', 'seek', 'resume']
/** Other stretches end too soon to say that they never came into sync. */
const saysSomethingFromInMs = 2_500

const round = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100)

export function figuresOf(rounds: readonly RoundFigures[], loadAverage: number): Figures {
  const pairs = rounds.flatMap((figures) => figures.pairs)
  const parts = rounds.flatMap((figures) => figures.parts)
  const offsets = (among = pairs) => among.map(({ offsetInMs }) => Math.abs(offsetInMs))
  const tracking = offsets(pairs.filter(({ isTracking }) => isTracking))
  const joins = timesToSync(rounds, joinsAndSeeks)
  const glitches = parts.flatMap((part) => part.glitches).length
  const toneInSeconds = parts.reduce((sum, part) => sum + part.toneInSeconds, 0)
  const discarded = (kind: 'elsewhere' | 'ambiguous') =>
    parts.reduce((sum, part) => sum + part.discarded[kind], 0)
  return {
    trackingP50Ms: round(percentile(tracking, 0.5)),
    trackingP95Ms: round(percentile(tracking, 0.95)),
    overallP95Ms: round(percentile(offsets(), 0.95)),
    maxMs: round(percentile(offsets(), 1)),
    joins: joins.length,
    timeToSyncP95Ms: round(
      percentile(
        joins.map(({ tookInMs }) => tookInMs),
        0.95,
      ),
    ),
    trackChangeP95Ms: round(percentile(offsets(pairs.filter(({ isAfterChange }) => isAfterChange)), 0.95)),
    stalls: parts.flatMap((part) => part.gaps).length,
    glitches,
    loadAverage: Math.round(loadAverage * 100) / 100,
    rounds: rounds.length,
    timeToSyncP50Ms: round(
      percentile(
        joins.map(({ tookInMs }) => tookInMs),
        0.5,
      ),
    ),
    neverInSync: joins.filter(({ isInSync }) => !isInSync).length,
    glitchesPerMinute: round((60 * glitches) / Math.max(1, toneInSeconds)) ?? 0,
    comparisons: pairs.length,
    discarded: { elsewhere: discarded('elsewhere'), ambiguous: discarded('ambiguous') },
  }
}

type TimeToSync = { kind: HappeningKind; who: string; tookInMs: number; isInSync: boolean }

/** Who never came into sync counts with the time they had: the figure is too good rather than missing. */
function timesToSync(rounds: readonly RoundFigures[], kinds: readonly HappeningKind[]): TimeToSync[] {
  return rounds
    .flatMap(({ parts }) => parts)
    .flatMap(({ listener, stretches }) =>
      stretches
        .filter(({ kind }) => kinds.includes(kind))
        .filter(
          (stretch) =>
            stretch.syncedAtInMs !== null || stretch.untilInMs - stretch.fromInMs > saysSomethingFromInMs,
        )
        .map(({ kind, fromInMs, untilInMs, syncedAtInMs }) => ({
          kind,
          who: listener.name,
          tookInMs: (syncedAtInMs ?? untilInMs) - fromInMs,
          isInSync: syncedAtInMs !== null,
        })),
    )
}

const ms = (value: number | null, width = 8) => (value === null ? '-' : value.toFixed(1)).padStart(width)

/** For people: by pair, by kind of happening, by listener. */
export function tableOf(rounds: readonly RoundFigures[]): string {
  const pairs = rounds.flatMap((figures) => figures.pairs)
  const lines = ['', 'Offset between two outputs, ms     count     p50     p95     p99     max']
  const row = (name: string, offsets: number[]) =>
    lines.push(
      `  ${name.padEnd(30)}${String(offsets.length).padStart(8)}${[0.5, 0.95, 0.99, 1].map((part) => ms(percentile(offsets, part))).join('')}`,
    )
  const absolute = (among: typeof pairs) => among.map(({ offsetInMs }) => Math.abs(offsetInMs))
  for (const pair of new Set(pairs.map((offset) => offset.pair)))
    row(`${pair}, tracking`, absolute(pairs.filter((offset) => offset.pair === pair && offset.isTracking)))
  row('tracking', absolute(pairs.filter(({ isTracking }) => isTracking)))
  row('2 s after a track change', absolute(pairs.filter(({ isAfterChange }) => isAfterChange)))
  row('everything since first in sync', absolute(pairs))

  lines.push('', 'From the tap to in sync, ms        count     p50     p95             max   never')
  for (const kind of ['come_in', 'listen', 'reload', 'seek', 'resume', 'next', 'play'] as const) {
    const times = timesToSync(rounds, [kind])
    const took = times.map(({ tookInMs }) => tookInMs)
    lines.push(
      `  ${kind.padEnd(30)}${String(times.length).padStart(8)}${ms(percentile(took, 0.5))}${ms(percentile(took, 0.95))}${' '.repeat(8)}${ms(percentile(took, 1))}${String(times.filter(({ isInSync }) => !isInSync).length).padStart(8)}`,
    )
  }

  lines.push('', 'Listener                      stalls  glitches  tone, s   elsewhere  ambiguous')
  for (const { parts } of rounds)
    for (const { listener, gaps, glitches, toneInSeconds, discarded } of parts)
      lines.push(
        `  ${listener.name.padEnd(26)}${String(gaps.length).padStart(8)}${String(glitches.length).padStart(10)}${toneInSeconds.toFixed(0).padStart(9)}${String(discarded.elsewhere).padStart(12)}${String(discarded.ambiguous).padStart(11)}`,
      )
  return lines.join('\n')
}
