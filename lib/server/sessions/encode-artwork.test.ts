import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { CodedError } from '#lib/protocol/errors.ts'
import { encodeArtwork, encodeAvatar } from './encode-artwork.ts'

const red = { r: 200, g: 30, b: 60 }
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: red } })

describe('encodeArtwork', () => {
  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('makes a WebP of a %s', async (format) => {
    const made = await encodeArtwork(await picture(64, 48).toFormat(format).toBuffer())
    expect(await sharp(made).metadata()).toMatchObject({ format: 'webp', width: 64, height: 48 })
  })

  it('fits a large picture, and turns it the right way up without its metadata', async () => {
    const photograph = await picture(3000, 2000).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const made = await sharp(await encodeArtwork(photograph)).metadata()
    expect(made).toMatchObject({ width: 683, height: 1024 })
    expect(made.exif).toBeUndefined()
  })

  it.each([
    [
      'an SVG',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/passwd"/></svg>',
    ],
    ['an SVG that begins like a GIF', 'GIF89a<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['a web page', '<!doctype html><script>alert(1)</script>'],
    ['nothing', ''],
    ['a beginning', '\x89PNG\r\n\x1a\n'],
  ])('refuses %s', async (_what, text) => {
    const attempt = encodeArtwork(new TextEncoder().encode(text))
    await expect(attempt).rejects.toMatchObject({ code: 'invalid_input', field: 'artwork' })
    await expect(attempt).rejects.toBeInstanceOf(CodedError)
  })

  it('leaves the rest of the process its drawings: link cards are made of SVG', async () => {
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    const made = await sharp(new TextEncoder().encode(drawing)).png().toBuffer()
    expect(await sharp(made).metadata()).toMatchObject({ format: 'png', width: 9 })
  })

  it('does not decode a picture that claims to be enormous', async () => {
    const bomb = await picture(8, 8).png().toBuffer()
    bomb.writeUInt32BE(20_000, 16)
    bomb.writeUInt32BE(20_000, 20)
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29)
    await expect(encodeArtwork(bomb)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('exceeds pixel limit') },
    })
  })
})

describe('encodeAvatar', () => {
  it.each([
    [64, 48],
    [900, 2000],
  ])('makes a square of %d by %d', async (width, height) => {
    const made = await encodeAvatar(await picture(width, height).png().toBuffer())
    expect(await sharp(made).metadata()).toMatchObject({ format: 'webp', width: 512, height: 512 })
  })

  it('refuses what is no picture', async () => {
    await expect(encodeAvatar(new TextEncoder().encode('<svg/>'))).rejects.toMatchObject({ field: 'avatar' })
  })
})
