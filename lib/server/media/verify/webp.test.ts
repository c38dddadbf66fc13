import { expect, it } from 'vitest'
import { isStillWebp } from './webp.ts'

const le32 = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255]
const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0))
const chunk = (type: string, content: number[]) => [
  ...ascii(type),
  ...le32(content.length),
  ...content,
  ...(content.length % 2 ? [0] : []),
]
function riff(...chunks: number[][]): Uint8Array {
  const content = [...ascii('WEBP'), ...chunks.flat()]
  return Uint8Array.from([...ascii('RIFF'), ...le32(content.length), ...content])
}
/** The header of a lossy picture (RFC 6386, 9.1) and some of its data. */
const lossy = (width: number, height: number) =>
  chunk('VP8 ', [0x30, 1, 0, 0x9d, 1, 0x2a, width & 255, width >> 8, height & 255, height >> 8, 1, 2, 3, 4])

it('takes a still picture', () => {
  expect(isStillWebp(riff(lossy(1_024, 600)))).toBe(true)
})

it.each([
  ['larger than it may be', riff(lossy(1_025, 600))],
  ['animated', riff(chunk('ANMF', [0, 0, 0, 0]), lossy(10, 10))],
  ['two pictures', riff(lossy(10, 10), lossy(10, 10))],
  ['with a script behind it', Uint8Array.from([...riff(lossy(10, 10)), ...ascii('<script>')])],
  ['with an unknown chunk', riff(lossy(10, 10), chunk('XMP ', ascii('<x:xmpmeta/>')))],
  ['cut off', riff(lossy(10, 10)).subarray(0, 32)],
  ['none at all', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')],
  ['empty', new Uint8Array()],
])('refuses one that is %s', (_, bytes) => {
  expect(isStillWebp(bytes)).toBe(false)
})
