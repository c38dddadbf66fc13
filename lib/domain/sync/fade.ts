/**
 * How loud one passage of music is meant to be, in server time: it fades in between the first two instants and out
 * between the other two. Where both are the same instant it is a step, where they are infinite there is no fade.
 */
export type Gain = {
  inFromInMs: number
  inUntilInMs: number
  outFromInMs: number
  outUntilInMs: number
}

/**
 * The factor (0 to 1) on the amplitude at an instant. Equal power: where one passage fades out while another fades in, the
 * squares of both add up to 1, so that unrelated music is as loud in the middle of the change as before and after it.
 */
export function gainAt(gain: Gain | undefined, serverNowInMs: number): number {
  if (!gain) return 1
  const done = progress(serverNowInMs, gain.inFromInMs, gain.inUntilInMs)
  const gone = progress(serverNowInMs, gain.outFromInMs, gain.outUntilInMs)
  // The cosine of a right angle is not quite 0 in floating point.
  if (gone === 1) return 0
  return Math.sin((done * Math.PI) / 2) * Math.cos((gone * Math.PI) / 2)
}

function progress(nowInMs: number, fromInMs: number, untilInMs: number): number {
  if (nowInMs >= untilInMs) return 1
  return nowInMs <= fromInMs ? 0 : (nowInMs - fromInMs) / (untilInMs - fromInMs)
}
