import sharp from 'sharp'
import { limits } from '#lib/domain/limits/limits.ts'
import { CodedError } from '#lib/protocol/errors.ts'

// Only decoders of plain pictures: SVG and PDF carry programs, and could name files and addresses to fetch.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif'],
})

/** A photograph of 50 megapixels decodes to 200 MB; what claims to be larger is not decoded at all. */
const pixelsMax = 50_000_000

/**
 * A square-fitting WebP of at most `limits.artworkMaxPixels` a side, made anew from the pixels, so that nothing else of
 * the file is kept (place of the photograph, appended data).
 * @throws CodedError `invalid_input` when it is no JPEG, PNG, WebP or GIF.
 */
export async function encodeArtwork(bytes: Uint8Array): Promise<Buffer> {
  const side = limits.artworkMaxPixels
  try {
    return await sharp(bytes, { limitInputPixels: pixelsMax, failOn: 'error', autoOrient: true })
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 82 })
      .timeout({ seconds: 10 })
      .toBuffer()
  } catch (cause) {
    throw new CodedError('invalid_input', { field: 'artwork', cause })
  }
}
