/** The exit code of sysexits.h for a process that is wrongly configured, so that starting it again is of no use. */
export const configurationError = 78

/** What `read` gives; where it throws, says why and ends this process. */
export function readOrEnd<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(configurationError)
  }
}
