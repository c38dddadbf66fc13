import fc from 'fast-check'
import { expect, it } from 'vitest'
import { firstDelayInMs, longestDelayInMs, nextRetryDelayInMs, RetryableError, withRetries } from './retry.ts'

const never = new AbortController().signal

it('draws each delay from a range that doubles up to a limit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (failed, chance) => {
        const delay = nextRetryDelayInMs(failed, () => chance)
        expect(delay).toBeGreaterThanOrEqual(0)
        expect(delay).toBeLessThanOrEqual(Math.min(longestDelayInMs, firstDelayInMs * 2 ** failed))
      },
    ),
  )
})

it('tries again after what may pass, and waits as long as the server asks', async () => {
  const delays: number[] = []
  let attempts = 0
  const sleep = async (durationInMs: number) => void delays.push(durationInMs)
  const result = await withRetries({ sleep, random: () => 0.5 }, never, async () => {
    attempts++
    if (attempts === 1) throw new RetryableError('busy', { retryAfterInMs: 7_000 })
    if (attempts === 2) throw new RetryableError('busy')
    return 'done'
  })
  expect(result).toBe('done')
  expect(delays).toEqual([7_000, 1_000])
})

it('gives up after ten attempts, and at once for anything else', async () => {
  let attempts = 0
  const count = (error: Error) => async () => {
    attempts++
    throw error
  }
  const deps = { sleep: async () => {}, random: () => 0 }
  await expect(withRetries(deps, never, count(new RetryableError('busy')))).rejects.toThrow('busy')
  expect(attempts).toBe(10)
  await expect(withRetries(deps, never, count(new TypeError('a bug')))).rejects.toThrow('a bug')
  expect(attempts).toBe(11)
})
