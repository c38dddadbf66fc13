import { createAlarm } from '#lib/client/alarm.ts'
import { signEveryInMs } from '#lib/protocol/signs-of-life.ts'

export type SignsOfLife = {
  /** Gives one now: whoever comes back from sleep is not silent any more. */
  give: () => void
  destroy: () => void
}

/**
 * Says again and again that this person is still here, in a hidden tab too, and hears who is not. After a sign that did not
 * arrive the next one comes as soon as in a small room: then who is silent is known soon after an outage.
 */
export function giveSignsOfLife({
  say,
  hereCount,
  onSilent,
  random,
}: {
  /** Tells the server, and how soon it is told again; gives who of the session is silent. */
  say: (everyInMs: number) => Promise<readonly string[]>
  /** How many are here, as far as is known. */
  hereCount: () => number
  onSilent: (userIds: readonly string[]) => void
  random: () => number
}): SignsOfLife {
  let saidCount = 0
  let isDestroyed = false

  const give = async (): Promise<void> => {
    if (isDestroyed) return
    const everyInMs = signEveryInMs(hereCount())
    ringIn(everyInMs)
    const number = ++saidCount
    const silent = await say(everyInMs).catch(() => null)
    if (number !== saidCount || isDestroyed) return
    if (silent) onSilent(silent)
    else ringIn(signEveryInMs(0))
  }
  const alarm = createAlarm(() => void give())
  /** Sooner rather than later than was said, and spread, so that a room does not speak at once. */
  const ringIn = (everyInMs: number): void => alarm.set(everyInMs * (0.8 + random() / 5))

  void give()
  return {
    give: () => void give(),
    destroy: () => {
      isDestroyed = true
      alarm.destroy()
    },
  }
}
