/** The server takes somebody for gone whom it has not heard of for ten minutes. */
const seenEveryInMs = 4 * 60_000
/**
 * Where a DJ is there, something is said every few seconds. Where none is, each listener asks this often, which is a
 * handful of index look-ups and at most one write a minute: of a room of 200, five questions a second.
 */
const silenceMinInMs = 30_000
const silenceMaxInMs = 45_000

export type SilenceWatch = {
  /** Something came down. */
  heard: () => void
  destroy: () => void
}

/**
 * Asks the server by itself where nothing else does: after a silence, which may be a last word that was lost or a
 * channel in which nobody speaks any more, and now and then in any case, which says that one is still here.
 */
export function watchSilence(ask: () => void, now: () => number, random: () => number): SilenceWatch {
  let askedAtInMs = now()
  let timer: ReturnType<typeof setTimeout> | undefined

  const waitAnew = (): void => {
    const silenceInMs = silenceMinInMs + random() * (silenceMaxInMs - silenceMinInMs)
    clearTimeout(timer)
    timer = setTimeout(askNow, Math.min(silenceInMs, askedAtInMs + seenEveryInMs - now()))
  }
  const askNow = (): void => {
    askedAtInMs = now()
    ask()
    waitAnew()
  }

  waitAnew()
  return { heard: waitAnew, destroy: () => clearTimeout(timer) }
}
