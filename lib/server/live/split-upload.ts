/**
 * Cuts an uploaded little fragmented MP4 behind its `moov` into the initialisation segment and the media segment (ISO/IEC
 * 14496-12, 4.2: size, then type). Null where there is no `moov` among the first boxes; what the parts hold is judged
 * elsewhere.
 */
export function splitUpload(bytes: Uint8Array): { init: Uint8Array; segment: Uint8Array } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0, boxes = 0; at + 8 <= bytes.length && boxes < 2; boxes++) {
    const size = view.getUint32(at)
    if (size < 8 || at + size > bytes.length) return null
    const isMoov = view.getUint32(at + 4) === 0x6d6f6f76
    at += size
    if (isMoov) return { init: bytes.subarray(0, at), segment: bytes.subarray(at) }
  }
  return null
}
