/** Where a media segment lies in its track, in samples. */
export type FragmentSpan = { startInSamples: number; durationInSamples: number }

const samplesPerFrame = 1_024

/**
 * Reads from a fragment of our own encoder where it begins (`tfdt`) and how many AAC frames it holds (`trun`; ISO/IEC
 * 14496-12, 8.8). Null where the boxes are not there.
 */
export function fragmentSpan(bytes: Uint8Array): FragmentSpan | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const traf = find(view, 'traf', find(view, 'moof', { from: 0, to: bytes.length }))
  const tfdt = find(view, 'tfdt', traf)
  const trun = find(view, 'trun', traf)
  if (!tfdt || !trun) return null
  const isLong = view.getUint8(tfdt.from) === 1
  const startInSamples = isLong ? Number(view.getBigUint64(tfdt.from + 4)) : view.getUint32(tfdt.from + 4)
  return { startInSamples, durationInSamples: view.getUint32(trun.from + 4) * samplesPerFrame }
}

type Range = { from: number; to: number }

/** The content of the first box of a type inside a range. */
function find(view: DataView, type: string, within: Range | null): Range | null {
  for (let at = within?.from ?? 0; within && at + 8 <= within.to; ) {
    const size = view.getUint32(at)
    if (size < 8 || at + size > within.to) return null
    if (boxTypeAt(view, at) === type) return { from: at + 8, to: at + size }
    at += size
  }
  return null
}

export function boxTypeAt(view: DataView, at: number): string {
  return String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)))
}
