/** What the analysis of a source says about its level. */
export type Level = {
  /** Null for silence. */
  integratedInLufs: number | null
  /** Linear: 1 is full scale. */
  truePeak: number
}

export const targetInLufs = -14
/** Lossy coding overshoots: 1 dB below full scale keeps the decoded signal from clipping (EBU R128, clause g). */
export const highestPeakInDbtp = -1
/** A whisper is not blown up to a shout, and neither is its noise. */
export const highestGainInDb = 18

/** The gain that brings a source to the target without ever letting its peak clip. 0 for silence. */
export function decideGainInDb(level: Level): number {
  if (level.integratedInLufs === null || level.truePeak === 0) return 0
  const wanted = Math.min(targetInLufs - level.integratedInLufs, highestGainInDb)
  const headroom = highestPeakInDbtp - toDb(level.truePeak)
  return Math.min(wanted, headroom)
}

export function toDb(linear: number): number {
  return 20 * Math.log10(linear)
}

export function fromDb(db: number): number {
  return 10 ** (db / 20)
}
