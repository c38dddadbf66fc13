import { limits } from '#lib/domain/limits/limits.ts'

const allowedChunks = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ICCP'])

/**
 * Whether these bytes are a still WebP of a bounded size and nothing else (RFC 9649): every chunk known, every byte
 * accounted for, so that no page or script hides behind the picture. It is served as `image/webp`, never decoded here.
 */
export function isStillWebp(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (bytes.length < 30 || text(0) !== 'RIFF' || text(8) !== 'WEBP') return false
  if (view.getUint32(4, true) + 8 !== bytes.length) return false
  let pictures = 0
  for (let at = 12; at < bytes.length; ) {
    if (at + 8 > bytes.length || !allowedChunks.has(text(at))) return false
    const length = view.getUint32(at + 4, true)
    const end = at + 8 + length
    if (end > bytes.length) return false
    const size = pictureSize(view, text(at), at + 8, length)
    if (size) {
      pictures++
      if (Math.max(...size) > limits.artworkMaxPixels) return false
    }
    at = end + (length % 2)
  }
  return pictures === 1
}

function pictureSize(view: DataView, type: string, at: number, length: number): [number, number] | null {
  if (type === 'VP8 ' && length >= 10) {
    return [view.getUint16(at + 6, true) & 0x3fff, view.getUint16(at + 8, true) & 0x3fff]
  }
  if (type === 'VP8L' && length >= 5) {
    const bits = view.getUint32(at + 1, true)
    return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1]
  }
  return null
}
