export type Stereo = { left: Float32Array; right: Float32Array }

const minus3Db = Math.SQRT1_2

/**
 * Brings any number of channels to two: mono goes to both, 5.1 in the order L R C LFE Ls Rs is mixed down by
 * ITU-R BS.775 (without the LFE), of anything else the first two channels are taken.
 */
export function mixToStereo(channels: readonly Float32Array[]): Stereo {
  const [first = new Float32Array(0), second] = channels
  if (!second) return { left: first, right: first }
  const [, , centre, , leftSurround, rightSurround] = channels
  if (channels.length !== 6 || !centre || !leftSurround || !rightSurround)
    return { left: first, right: second }
  const mix = (front: Float32Array, surround: Float32Array) =>
    front.map((sample, i) => sample + minus3Db * ((centre[i] ?? 0) + (surround[i] ?? 0)))
  return { left: mix(first, leftSurround), right: mix(second, rightSurround) }
}
