import { limits } from '#lib/domain/limits/limits.ts'

/** A part of a picture in its own pixels, drawn as a square of `limits.avatarPixels`. @throws where it cannot be read */
export async function cropSquare(
  picture: Blob,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): Promise<Blob> {
  const side = limits.avatarPixels
  const bitmap = await createImageBitmap(picture)
  const canvas = new OffscreenCanvas(side, side)
  canvas.getContext('2d')?.drawImage(bitmap, x, y, width, height, 0, 0, side, side)
  bitmap.close()
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.92 })
}
