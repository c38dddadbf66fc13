import { expect, test } from 'vitest'
import { noise } from '../fixtures/noise.ts'
import { positionsIn } from './positions.ts'
import { thinOut } from './thin-out.ts'

const sampleRate = 8_000
const song = thinOut(noise(6, 1))
const recordingOf = (samples: Float32Array) => ({ samples, sampleRate, anchors: [{ index: 0, atInMs: 500 }] })

test('says where in the song one is, also after leaps, and leaves out what is not of it', () => {
  const heard = [song.subarray(16_000, 24_000), thinOut(noise(1, 2)), song.subarray(8_000, 12_000)]
  const positions = positionsIn(song, recordingOf(Float32Array.from(heard.flatMap((part) => [...part]))))
  expect(positions.map(({ atInMs, positionInMs }) => [atInMs, Math.round(positionInMs)])).toEqual([
    [500, 2_000],
    [750, 2_250],
    [1_000, 2_500],
    [1_250, 2_750],
    [2_500, 1_000],
    [2_750, 1_250],
  ])
})
