import { expect, test } from 'vitest'
import { createHistogram } from './histogram.ts'

test('percentiles name the step that holds the value', () => {
  const histogram = createHistogram()
  for (let latency = 1; latency <= 100; latency++) histogram.add(latency)
  expect(histogram.percentileInMs(0.5)).toBeCloseTo(50.1)
  expect(histogram.percentileInMs(0.95)).toBeCloseTo(95.1)
  expect(histogram.percentileInMs(1)).toBeCloseTo(100.1)
})

test('what is out of range counts at the end, and nothing is left after clearing', () => {
  const histogram = createHistogram()
  histogram.add(60_000)
  expect(histogram.percentileInMs(0.5)).toBe(10_000)
  histogram.clear()
  expect(histogram.percentileInMs(0.5)).toBeNaN()
})
