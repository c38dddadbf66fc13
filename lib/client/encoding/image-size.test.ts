import { expect, it } from 'vitest'
import { imageSize } from './image-size.ts'

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

it.each([
  [
    'png',
    '89504e470d0a1a0a0000000d49484452000003000000020008',
    { type: 'image/png', width: 768, height: 512 },
  ],
  ['gif', '474946383961400120000000', { type: 'image/gif', width: 320, height: 32 }],
  [
    'jpeg',
    'ffd8ffe000104a46494600010100000100010000ffc00011080190025803',
    { type: 'image/jpeg', width: 600, height: 400 },
  ],
  [
    'webp',
    '524946460000000057454250565038580a00000000000000ff0300ff0100',
    { type: 'image/webp', width: 1024, height: 512 },
  ],
])('reads the size of a %s', (_, hex, expected) => {
  expect(imageSize(bytes(hex))).toEqual(expected)
})

it('takes nothing else, and no header that is cut off', () => {
  expect(
    imageSize(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')),
  ).toBeNull()
  expect(imageSize(new Uint8Array())).toBeNull()
  expect(imageSize(bytes('89504e470d0a1a0a0000000d49484452'))).toBeNull()
  expect(imageSize(bytes('ffd8ffe00010'))).toBeNull()
  expect(imageSize(new Uint8Array(4_000).fill(255))).toBeNull()
})
