import type { HappeningKind } from '../analyse/happenings.ts'

/** The four of every round: who they are, and how fast their sound cards run. */
export const cast = [
  { name: 'Marta', driftInPpm: 0 },
  { name: 'Ana', driftInPpm: 100 },
  { name: 'Ben', driftInPpm: -100 },
  { name: 'Eva', driftInPpm: 0 },
] as const

/** The tracks, in their order. */
const tracks = [
  { title: 'Bench Alpha', seconds: 60 },
  { title: 'Bench Bravo', seconds: 60 },
  { title: 'Bench Charlie', seconds: 20 },
  { title: 'Bench Delta', seconds: 150 },
] as const
export const toneTrack = { title: 'Bench Tone', seconds: 40 } as const

/** One thing that is done, so many seconds after the DJ pressed play. */
export type Deed = { at: number } & (
  | { do: 'pause' | 'resume' | 'next' }
  | { do: 'seek'; part: number }
  | { do: 'come_in' | 'rejoin' | 'reload'; who: string }
  | { do: 'offline' | 'online'; who: string }
  | { do: 'quality'; who: string; is: 'forced' | 'free' }
)

/**
 * A round. Alpha begins a second after play and ends by itself at about 63.5 s (it is paused for a while), Charlie ends
 * while Eva has no network. Between the deeds lies time to see what the controller does when nobody does anything.
 */
const score: readonly Deed[] = [
  { at: 3, do: 'come_in', who: 'Ana' },
  { at: 6, do: 'come_in', who: 'Ben' },
  { at: 13, do: 'come_in', who: 'Eva' },
  { at: 21, do: 'rejoin', who: 'Ana' },
  { at: 26, do: 'pause' },
  { at: 28.5, do: 'resume' },
  { at: 38, do: 'reload', who: 'Eva' },
  { at: 46, do: 'rejoin', who: 'Ben' },
  // Alpha ends, Bravo begins.
  { at: 74, do: 'seek', part: 0.6 },
  { at: 83, do: 'seek', part: 0.15 },
  { at: 89, do: 'reload', who: 'Ana' },
  { at: 94, do: 'rejoin', who: 'Ben' },
  { at: 100, do: 'next' },
  // Ben's network is too slow for more than the lowest rendition while Delta is loaded.
  { at: 101, do: 'quality', who: 'Ben', is: 'forced' },
  { at: 109, do: 'offline', who: 'Eva' },
  // Charlie ends and Delta begins.
  { at: 123, do: 'quality', who: 'Ben', is: 'free' },
  { at: 124, do: 'online', who: 'Eva' },
  // Delta's end lies beyond what anybody has loaded.
  { at: 130, do: 'seek', part: 0.7 },
  { at: 141, do: 'rejoin', who: 'Eva' },
  { at: 145, do: 'rejoin', who: 'Ana' },
  { at: 149, do: 'reload', who: 'Ben' },
  { at: 158, do: 'pause' },
  { at: 160, do: 'resume' },
  { at: 167, do: 'seek', part: 0.3 },
]

/** What a round is: its tracks and deeds, their end, and how long tones are followed after that. */
export type Plan = {
  tracks: readonly { title: string; seconds: number }[]
  deeds: readonly Deed[]
  endsAtInSeconds: number
  toneForInSeconds: number
}

export const wholePlan: Plan = { tracks, deeds: score, endsAtInSeconds: 178, toneForInSeconds: 20 }
/** Shows that it works: joins, a pause, a reload; no track change, no seek, too little for figures. */
export const quickPlan: Plan = {
  tracks: tracks.slice(0, 1),
  deeds: score.filter(({ at }) => at < 40),
  endsAtInSeconds: 46,
  toneForInSeconds: 5,
}

export const toneSettlesForInSeconds = 6

/** Which tap belongs to which deed: by the label of what was pressed. */
export const labelOf: Partial<Record<HappeningKind, string>> = {
  come_in: 'Come in',
  listen: 'Unmute',
  reload: 'Start listening',
  leave: 'Mute for me',
  play: 'Play',
  resume: 'Play',
  pause: 'Pause',
  seek: 'Position in the song',
  next: 'Next song',
}
