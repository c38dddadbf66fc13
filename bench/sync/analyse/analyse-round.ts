import { locate } from '../../../e2e/listening/locate.ts'
import { energyInDb, indexOf, type Recording, timeOf } from '../../../e2e/listening/offsets.ts'
import { type PhaseJump, phaseJumps } from '../../../e2e/listening/phase-jumps.ts'
import type { Round } from '../round/run-round.ts'
import { type Sound, tonesInHz } from '../sound/make-sound.ts'
import { type Gap, gapsIn } from './gaps.ts'
import { type Happening, happeningsOf } from './happenings.ts'
import { acquiredTimes, biasOf, type Listener, type Synced, syncedStretches } from './listener.ts'
import { type PairOffset, pairOffsets } from './pairs.ts'
import { changesIn, piecesOf, programmeOf } from './programme.ts'

/** What one listener's part in a round came to. */
export type Part = {
  listener: Listener
  stretches: Synced[]
  gaps: Gap[]
  glitches: PhaseJump[]
  /** How many seconds of tone were followed. */
  toneInSeconds: number
  /** Blocks from the first moment in sync on that could not be compared. */
  discarded: { elsewhere: number; ambiguous: number }
}

export type RoundFigures = { parts: Part[]; pairs: PairOffset[]; changes: number[]; biasInMs: number }

/** The sound is left to settle after it came into sync, and before it is taken away, when gaps are looked for. */
const settlesForInMs = 200
const audibleAboveInDb = -45

/** Finds out what was heard when, and how far apart. */
export function analyseRound(round: Round, names: readonly string[], sounds: readonly Sound[]): RoundFigures {
  const pieces = piecesOf(round.history)
  const heardOf = (trackId: string) => {
    const sound = sounds.find(({ title }) => title === round.titleOf(trackId))
    return sound?.kind === 'noise' ? sound.heard : new Float32Array(0)
  }
  const expected = programmeOf(pieces, heardOf)
  const changes = changesIn(pieces).filter((atInMs) => atInMs < round.endedAtInMs)
  const happenings: Happening[] = [
    ...round.happenings.filter(({ atInMs }) => atInMs < round.endedAtInMs),
    ...changes.map((atInMs): Happening => ({ kind: 'change', who: 'everybody', atInMs })),
  ]

  const listeners = round.recordings.map(
    (recordings, index): Listener & { recordings: readonly Recording[] } => ({
      name: names[index] ?? '',
      recordings,
      happenings: happeningsOf(happenings, names[index] ?? '', index === 0),
      readings: recordings
        .flatMap((recording) => locate(cut(recording, round.playedAtInMs, round.endedAtInMs), expected))
        .sort((a, b) => a.atInMs - b.atInMs),
    }),
  )
  const biasInMs = biasOf(listeners)
  const parts = listeners.map((listener): Part => {
    const stretches = syncedStretches(listener, biasInMs, round.endedAtInMs)
    const tones = listener.recordings.map((recording) =>
      cut(recording, round.tones.fromInMs, round.tones.untilInMs),
    )
    return {
      listener,
      stretches,
      gaps: stretches.flatMap(({ syncedAtInMs, untilInMs }) =>
        syncedAtInMs === null
          ? []
          : listener.recordings.flatMap((recording) =>
              gapsIn(recording, expected, syncedAtInMs + settlesForInMs, untilInMs - settlesForInMs),
            ),
      ),
      glitches: tones.flatMap((tone) =>
        phaseJumps(tone.samples, tone.sampleRate, tonesInHz).map((jump) => ({
          ...jump,
          atInMs: timeOf(tone, (jump.atInMs * tone.sampleRate) / 1_000),
        })),
      ),
      toneInSeconds: tones.reduce((sum, tone) => sum + audibleSeconds(tone), 0),
      discarded: countDiscarded(listener, stretches),
    }
  })
  // After `next` a track begins, too: at the instant that the timeline named.
  const asked = pieces
    .filter(({ fromInMs, startsAtInMs }) => fromInMs === startsAtInMs)
    .map(({ startsAtInMs }) => startsAtInMs)
  const began = [...new Set([...changes, ...asked.slice(1)])].filter((atInMs) => atInMs < round.endedAtInMs)
  return { parts, pairs: pairOffsets(parts, began), changes: began, biasInMs }
}

/** Of silence there is nothing to be said. */
function audibleSeconds({ samples, sampleRate }: Recording): number {
  return energyInDb(samples) > audibleAboveInDb ? samples.length / sampleRate : 0
}

function countDiscarded({ readings }: Listener, stretches: readonly Synced[]): Part['discarded'] {
  const times = acquiredTimes(stretches)
  const counted = readings.filter(({ atInMs }) =>
    times.some(({ fromInMs, untilInMs }) => atInMs >= fromInMs && atInMs < untilInMs),
  )
  const count = (kind: 'elsewhere' | 'ambiguous') => counted.filter((reading) => reading.kind === kind).length
  return { elsewhere: count('elsewhere'), ambiguous: count('ambiguous') }
}

/** The part of a recording that lies in [fromInMs, untilInMs). */
function cut(recording: Recording, fromInMs: number, untilInMs: number): Recording {
  const { samples, sampleRate, anchors } = recording
  const at = (atInMs: number) => Math.min(samples.length, Math.max(0, Math.round(indexOf(recording, atInMs))))
  const from = at(fromInMs)
  const until = at(untilInMs)
  return {
    sampleRate,
    samples: samples.subarray(from, until),
    anchors: anchors.map(({ index, atInMs }) => ({ index: index - from, atInMs })),
  }
}
