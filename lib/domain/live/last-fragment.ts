import { boxTypeAt, fragmentSpan } from './fragment-span.ts'

/**
 * The last fragment (`moof` and `mdat`) that is whole in the end of a fragmented MP4: where in `bytes` it ends, and until
 * when its sound goes. Null where there is none.
 */
export function lastFragment(bytes: Uint8Array): { endsAt: number; untilInSamples: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const endOf = (type: string, at: number): number => {
    if (at + 8 > bytes.length || boxTypeAt(view, at) !== type) return Number.NaN
    return at + view.getUint32(at)
  }
  for (let at = bytes.length - 8; at >= 0; at--) {
    const endsAt = endOf('mdat', endOf('moof', at))
    if (!(endsAt <= bytes.length)) continue
    const span = fragmentSpan(bytes.subarray(at, endsAt))
    if (span) return { endsAt, untilInSamples: span.startInSamples + span.durationInSamples }
  }
  return null
}
