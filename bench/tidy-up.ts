/** What was started and must end with us, the last one first. */
const started: (() => Promise<void>)[] = []

/** Remembers how to stop something, in case the run is interrupted. @returns the same, to be called when all is well */
export function tidyUpWith(stop: () => Promise<void>): () => Promise<void> {
  let stopped: Promise<void> | undefined
  const once = (): Promise<void> => {
    stopped ??= stop()
    return stopped
  }
  started.push(once)
  return once
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    for (const stop of started.reverse()) await stop().catch(() => {})
    process.exit(1)
  })
}
