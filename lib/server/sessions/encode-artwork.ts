import sharp, { type ResizeOptions } from 'sharp'
import { limits } from '#lib/domain/limits/limits.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { isPlainPicture } from './is-plain-picture.ts'

// Only decoders of plain pictures: PDF and its like carry programs, and could name files and addresses to fetch. What is set
// here holds for the whole process, and link cards are drawn as SVG; no SVG of anybody's comes as far as that decoder.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadSvg',
  ],
})

/** A photograph of 50 megapixels decodes to 200 MB; what claims to be larger is not decoded at all. */
const pixelsMax = 50_000_000

/**
 * A square-fitting WebP of at most `limits.artworkMaxPixels` a side, made anew from the pixels, so that nothing else of
 * the file is kept (place of the photograph, appended data).
 * @throws CodedError `invalid_input` when it is no JPEG, PNG, WebP or GIF.
 */
export function encodeArtwork(bytes: Uint8Array): Promise<Buffer> {
  const side = limits.artworkMaxPixels
  return encode(bytes, 'artwork', { width: side, height: side, fit: 'inside', withoutEnlargement: true })
}

/**
 * A person's picture, in the same way: a square of `limits.avatarPixels`, whatever shape was sent.
 * @throws CodedError `invalid_input` when it is no JPEG, PNG, WebP or GIF.
 */
export function encodeAvatar(bytes: Uint8Array): Promise<Buffer> {
  const side = limits.avatarPixels
  return encode(bytes, 'avatar', { width: side, height: side, fit: 'cover' })
}

async function encode(bytes: Uint8Array, field: string, size: ResizeOptions): Promise<Buffer> {
  if (!isPlainPicture(bytes)) throw new CodedError('invalid_input', { field })
  try {
    return await sharp(bytes, { limitInputPixels: pixelsMax, failOn: 'error', autoOrient: true })
      .resize(size)
      .webp({ quality: 82 })
      .timeout({ seconds: 10 })
      .toBuffer()
  } catch (cause) {
    throw new CodedError('invalid_input', { field, cause })
  }
}
