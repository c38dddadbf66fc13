import { expect, test } from 'vitest'
import { bestBitrate, sizeText } from './limit-texts.ts'

test('the best rendition says how good it gets', () => {
  expect(bestBitrate({ renditions: ['64k', '128k'] })).toBe(128_000)
  expect(bestBitrate({ renditions: ['64k', '128k', '256k'] })).toBe(256_000)
})

test('a size is said in the unit that people know it in', () => {
  expect(sizeText(200 * 1024 ** 2, 'en')).toBe('200 MB')
  expect(sizeText(1024 ** 3, 'en')).toBe('1 GB')
  expect(sizeText(1.5 * 1024 ** 3, 'es')).toBe('1,5 GB')
})
