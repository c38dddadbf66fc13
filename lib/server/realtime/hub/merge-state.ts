import { isDeepStrictEqual } from 'node:util'
import type { SessionState } from '#lib/protocol/session-state.ts'

/** The parts of `incoming` that are newer than what is known: the higher `rev` wins; what has none is newer if it differs. */
export function newerParts(known: SessionState, incoming: SessionState): SessionState {
  const newer: SessionState = {}
  const { playback, tallies, dj, memberCount, tipFigures } = incoming
  if (playback && playback.rev > (known.playback?.rev ?? -1)) newer.playback = playback
  if (tallies && tallies.rev > (known.tallies?.rev ?? -1)) newer.tallies = tallies
  if (dj && dj.rev > (known.dj?.rev ?? -1)) newer.dj = dj
  if (memberCount !== undefined && memberCount !== known.memberCount) newer.memberCount = memberCount
  if (tipFigures && !isDeepStrictEqual(tipFigures, known.tipFigures)) newer.tipFigures = tipFigures
  return newer
}

export function hasParts(state: SessionState): boolean {
  return Object.keys(state).length > 0
}
