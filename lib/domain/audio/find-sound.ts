/** Below this nobody hears anything: -60 dB, linear. */
const silenceBelow = 0.001
/** What is left in front, so that nothing that begins sharply is cut into. */
const leadInMs = 20
/** What is left behind: the end of a reverberation lies below the threshold. */
const tailInMs = 300

/**
 * Where the sound is between the silence before it and the silence behind it.
 * @param peaks the loudest sample (linear) of each step of `stepInMs`
 * @returns steps, from the first to before the last; everything where there is only silence
 */
export function findSound(peaks: readonly number[], stepInMs: number): { from: number; to: number } {
  const isSound = (peak: number) => peak >= silenceBelow
  const first = peaks.findIndex(isSound)
  if (first < 0) return { from: 0, to: peaks.length }
  const last = peaks.findLastIndex(isSound)
  return {
    from: Math.max(0, first - Math.ceil(leadInMs / stepInMs)),
    to: Math.min(peaks.length, last + 1 + Math.ceil(tailInMs / stepInMs)),
  }
}
