import { expect, it } from 'vitest'
import { fft, powerOfTwoFrom } from './fft.ts'

const signal = (length: number) => Float64Array.from({ length }, (_, n) => Math.sin(n * n * 0.7) + 0.2 * n)

it('is the sum that defines it', () => {
  const samples = signal(16)
  const [real, imaginary] = [samples.slice(), new Float64Array(16)]
  fft(real, imaginary, 'forward')
  for (let bin = 0; bin < 16; bin++) {
    const angle = (n: number) => (-2 * Math.PI * bin * n) / 16
    expect(real[bin]).toBeCloseTo(
      samples.reduce((sum, x, n) => sum + x * Math.cos(angle(n)), 0),
      9,
    )
    expect(imaginary[bin]).toBeCloseTo(
      samples.reduce((sum, x, n) => sum + x * Math.sin(angle(n)), 0),
      9,
    )
  }
})

it('comes back', () => {
  const samples = signal(1_024)
  const [real, imaginary] = [samples.slice(), new Float64Array(1_024)]
  fft(real, imaginary, 'forward')
  fft(real, imaginary, 'backward')
  for (const [index, sample] of samples.entries()) expect((real[index] ?? 0) / 1_024).toBeCloseTo(sample, 9)
})

it('wants a power of two', () => {
  expect([1, 2, 3, 1_000, 1_024].map(powerOfTwoFrom)).toEqual([1, 2, 4, 1_024, 1_024])
})
