import type { SessionState } from '#lib/protocol/session-state.ts'

/** The parts of `incoming` that are newer than what is known: of each the higher `rev` wins, whatever came first. */
export function newerParts(known: SessionState, incoming: SessionState): SessionState {
  const newer: SessionState = {}
  const { playback, tallies, dj, memberCount } = incoming
  if (playback && playback.rev > (known.playback?.rev ?? -1)) newer.playback = playback
  if (tallies && tallies.rev > (known.tallies?.rev ?? -1)) newer.tallies = tallies
  if (dj && dj.rev > (known.dj?.rev ?? -1)) newer.dj = dj
  if (memberCount !== undefined && memberCount !== known.memberCount) newer.memberCount = memberCount
  return newer
}

export function hasParts(state: SessionState): boolean {
  return Boolean(state.playback || state.tallies || state.dj || state.memberCount !== undefined)
}
