/** What a listener may choose: by the network, as little data as possible, or a bitrate in kbit/s. */
export const qualities = ['auto', 'saver', '64', '128', '256'] as const
export type Quality = (typeof qualities)[number]

/** What a browser tells about its network (Network Information API); Safari and Firefox tell nothing. */
export type NetworkHint = { saveData?: boolean; effectiveType?: string }

/**
 * Until something is known: enough for 128 kbit/s. Not more, even where the browser speaks of a fast network: its figure
 * is of other servers and other times, and a first fragment that is too large is time before the first sound.
 */
const defaultEstimateInBps = 200_000

/** Networks as Chromium classes them, by what they carry in the worst case. */
const estimateByEffectiveType: Record<string, number> = {
  'slow-2g': 30_000,
  '2g': 60_000,
  '3g': 180_000,
}

/** How fast the network may be, before anything was loaded over it. */
export function firstEstimateInBps(hint: NetworkHint, measuredInBps: number | null): number {
  if (measuredInBps !== null) return measuredInBps
  return estimateByEffectiveType[hint.effectiveType ?? ''] ?? defaultEstimateInBps
}

/** The one bitrate to keep to, in bit/s; null where the network decides. */
export function wantedBitrate(quality: Quality, hint: NetworkHint): number | null {
  if (quality === 'saver' || (quality === 'auto' && hint.saveData)) return 64_000
  return quality === 'auto' ? null : Number(quality) * 1_000
}

/** Which of the bitrates on offer is nearest; -1 when there is none. */
export function nearestLevel(bitrates: readonly number[], wantedInBps: number): number {
  const distances = bitrates.map((bitrate) => Math.abs(bitrate - wantedInBps))
  return distances.indexOf(Math.min(...distances))
}

/**
 * How much music is loaded ahead, in seconds: enough to play on through half a minute without a network, and 2 MB at
 * the most. Else what a beginning needs. 60 s of 64 kbit/s are 480 kB.
 */
export function bufferGoalInSeconds(isAhead: boolean, quality: Quality): number {
  if (!isAhead) return 12
  return quality === 'saver' ? 40 : 60
}

/**
 * Whether a change to a bitrate should replace what lies ready, so that it is heard within seconds and not a minute later.
 * Not where the network decides, and not over one that would hardly carry it: what lies ready there is all there is.
 */
export function isWorthLoadingAgain(wantedInBps: number | null, measuredInBps: number): boolean {
  return wantedInBps !== null && measuredInBps > 1.5 * wantedInBps
}
