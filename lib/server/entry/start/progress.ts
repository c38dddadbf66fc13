/** Prints what happens, each line with the time since the start. */
export type Progress = {
  say: (message: string) => void
  /** Lines of a part's own output, marked with its name. */
  pass: (part: string, text: string) => void
  secondsSinceStart: () => number
}

export function createProgress(
  write: (text: string) => void = (text) => process.stdout.write(text),
): Progress {
  const start = performance.now()
  const secondsSinceStart = () => (performance.now() - start) / 1000
  return {
    secondsSinceStart,
    say: (message) => write(`${secondsSinceStart().toFixed(1).padStart(6)} s  ${message}\n`),
    pass: (part, text) => {
      for (const line of text.split('\n')) if (line.trim()) write(`  ${part} | ${line}\n`)
    },
  }
}
