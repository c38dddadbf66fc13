import { limits } from '#lib/domain/limits/limits.ts'
import { imageSize } from './image-size.ts'

const sourceMaxBytes = 24 * 1024 * 1024
const sourceMaxPixels = 50_000_000

/**
 * Makes a WebP of at most 1024 x 1024 of a picture from somebody's file: what goes out was drawn by this browser, and
 * nothing of the original (EXIF, a place, trailing data) goes with it. Null where the picture is hostile, huge, broken
 * or of a kind that is not taken: a track without artwork is better than none.
 */
export async function encodeArtwork(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
  const size = bytes.length <= sourceMaxBytes ? imageSize(bytes) : null
  if (!size || size.width < 1 || size.height < 1 || size.width * size.height > sourceMaxPixels) return null
  try {
    const scale = Math.min(1, limits.artworkMaxPixels / Math.max(size.width, size.height))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: size.type }))
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(bitmap.width * scale)),
      Math.max(1, Math.round(bitmap.height * scale)),
    )
    const context = canvas.getContext('2d')
    if (!context) return null
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 })
    // A browser that cannot write WebP writes PNG instead.
    if (blob.type !== 'image/webp' || blob.size > limits.artworkMaxBytes) return null
    return new Uint8Array(await blob.arrayBuffer())
  } catch {
    return null
  }
}
