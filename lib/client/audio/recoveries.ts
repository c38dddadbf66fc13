/** Errors of decoding are mended this often within this time before what plays counts as broken. */
const recoveries = { max: 2, withinInMs: 60_000 }

/** Answers, each time an error comes, whether it may be mended. */
export function createRecoveries(): () => boolean {
  let recoveredAtInMs: number[] = []
  return () => {
    const now = performance.now()
    recoveredAtInMs = recoveredAtInMs.filter((atInMs) => now - atInMs < recoveries.withinInMs)
    return recoveredAtInMs.push(now) <= recoveries.max
  }
}
