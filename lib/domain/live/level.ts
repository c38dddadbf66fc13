/** A level meter: how loud it is, how it falls back, and whether it was too loud. Levels in decibels below full scale. */
export type Level = { peakInDb: number; isClipping: boolean; clippedAtInMs: number }

export const silence: Level = { peakInDb: -Infinity, isClipping: false, clippedAtInMs: -Infinity }

/** The bottom of the scale. */
export const quietestInDb = -60

/** What comes so near to full scale will not survive the encoder unharmed. */
const clipAboveInDb = -0.3
/** The light stays on for long enough to be seen. */
const clipLightInMs = 1_500
/** A meter jumps up, and falls at this speed (IEC 60268-18 allows it a quicker one). */
const fallInDbPerSecond = 24

/** The level after a few more milliseconds of sound. */
export function nextLevel(last: Level, loudest: number, atInMs: number, elapsedInMs: number): Level {
  const nowInDb = loudest > 0 ? 20 * Math.log10(loudest) : -Infinity
  const fallenInDb = last.peakInDb - (fallInDbPerSecond * elapsedInMs) / 1_000
  const clippedAtInMs = nowInDb > clipAboveInDb ? atInMs : last.clippedAtInMs
  return {
    peakInDb: Math.max(nowInDb, fallenInDb < quietestInDb ? -Infinity : fallenInDb),
    isClipping: atInMs - clippedAtInMs < clipLightInMs,
    clippedAtInMs,
  }
}

/** The loudest sample, as a part of full scale. */
export function loudestOf(samples: Float32Array): number {
  let loudest = 0
  for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample))
  return loudest
}

/** Where a level stands on the scale, from 0 to 1. */
export function onScale(levelInDb: number): number {
  return Math.min(1, Math.max(0, 1 - levelInDb / quietestInDb))
}
