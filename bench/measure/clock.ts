/**
 * Milliseconds of the system's monotonic clock, the same in every process of this machine (`performance.now()` counts
 * from the start of its own process), so that a sender and a reader in different processes can be compared.
 */
const offsetInMs = Number(process.hrtime.bigint()) / 1e6 - performance.now()

export function monotonicInMs(): number {
  return performance.now() + offsetInMs
}
