import type { RoundFigures } from './analyse/analyse-round.ts'
import type { Round } from './round/run-round.ts'
import type { Somebody } from './stage/somebody.ts'

/** What each listener's output did, as CSV files: time in s since play, what was read, and what the page did meanwhile. */
export function traceOf(
  { playedAtInMs, happenings, tones }: Round,
  { parts, biasInMs, changes }: RoundFigures,
  people: readonly Somebody[],
): [name: string, text: string][] {
  const since = (atInMs: number) => ((atInMs - playedAtInMs) / 1_000).toFixed(3)
  const files = parts.map(({ listener, stretches, gaps, glitches }): [string, string] => {
    const somebody = people.find(({ name }) => name === listener.name)
    const rows = [
      ...listener.readings.map((reading) => ({
        atInMs: reading.atInMs,
        text: reading.kind === 'heard' ? `heard,${(reading.aheadInMs - biasInMs).toFixed(2)}` : reading.kind,
      })),
      ...happenings
        .filter(({ who }) => who === 'everybody' || who === listener.name)
        .map(({ kind, who, atInMs }) => ({ atInMs, text: `# ${kind} (${who})` })),
      ...changes.map((atInMs) => ({ atInMs, text: '# a track begins' })),
      ...(somebody?.edge ?? []).flatMap((event) =>
        event.kind === 'tap'
          ? []
          : [{ atInMs: event.atInMs, text: `${event.kind} of ${event.element},${event.value}` }],
      ),
      ...(somebody?.renditions ?? []).map(({ atInMs, name }) => ({ atInMs, text: `# loads ${name}` })),
      ...stretches.flatMap(({ kind, syncedAtInMs }) =>
        syncedAtInMs === null ? [] : [{ atInMs: syncedAtInMs, text: `# in sync after ${kind}` }],
      ),
      ...gaps.map(({ fromInMs, durationInMs }) => ({
        atInMs: fromInMs,
        text: `# STALL of ${durationInMs} ms`,
      })),
      ...glitches.map(({ atInMs, kind, byInRadians }) => ({
        atInMs,
        text: `# GLITCH ${kind} ${byInRadians.toFixed(2)} rad`,
      })),
      { atInMs: tones.fromInMs, text: '# tones are followed from here' },
    ]
    const inRound = rows.filter(({ atInMs }) => atInMs >= playedAtInMs && atInMs <= tones.untilInMs)
    const lines = inRound
      .sort((a, b) => a.atInMs - b.atInMs)
      .map(({ atInMs, text }) => `${since(atInMs)},${text}`)
    return [`${listener.name}.csv`, `${lines.join('\n')}\n`]
  })
  return files
}
