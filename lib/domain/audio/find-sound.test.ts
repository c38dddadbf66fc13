import { expect, it } from 'vitest'
import { findSound } from './find-sound.ts'

const silence = (steps: number) => new Array<number>(steps).fill(0.0002)
const sound = (steps: number) => new Array<number>(steps).fill(0.3)

it('leaves a little of the silence before the sound, and some more behind it', () => {
  expect(findSound([...silence(100), ...sound(50), ...silence(200)], 10)).toEqual({ from: 98, to: 180 })
})

it('takes nothing where there is no silence around', () => {
  expect(findSound(sound(50), 10)).toEqual({ from: 0, to: 50 })
  expect(findSound([...silence(1), ...sound(50), ...silence(5)], 10)).toEqual({ from: 0, to: 56 })
})

it('leaves the silence inside alone, and a track that is only silence', () => {
  expect(findSound([...sound(10), ...silence(1_000), ...sound(10)], 10)).toEqual({ from: 0, to: 1_020 })
  expect(findSound(silence(70), 10)).toEqual({ from: 0, to: 70 })
})
