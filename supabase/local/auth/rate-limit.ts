type Bucket = { left: number; atInMs: number }

/** Whoever asks so seldom that their bucket is full again is forgotten; looked at once there are so many. */
const manyBuckets = 10_000

/**
 * A brake as Supabase Auth has them: so many at once, and as many again spread over a time.
 *
 * @param perInMs the time after which an empty bucket is full again
 * @returns takes one for a key; false where there is none left
 */
export function createRateLimit(limit: number, perInMs: number, now: () => number = Date.now) {
  const buckets = new Map<string, Bucket>()

  const leftIn = ({ left, atInMs }: Bucket) => Math.min(limit, left + ((now() - atInMs) * limit) / perInMs)

  function forgetFull(): void {
    for (const [key, bucket] of buckets) if (leftIn(bucket) >= limit) buckets.delete(key)
  }

  return (key: string): boolean => {
    if (buckets.size > manyBuckets) forgetFull()
    const bucket = buckets.get(key)
    const left = bucket ? leftIn(bucket) : limit
    if (left < 1) return false
    buckets.set(key, { left: left - 1, atInMs: now() })
    return true
  }
}

export type RateLimit = ReturnType<typeof createRateLimit>
