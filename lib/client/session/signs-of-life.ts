import { createAlarm } from '#lib/client/alarm.ts'
import { signEveryInMs } from '#lib/protocol/signs-of-life.ts'

export type SignsOfLife = {
  /** Gives one now: whoever comes back from sleep is not silent any more. */
  give: () => void
  destroy: () => void
}

/**
 * Says every few seconds that this person is still here, in a hidden tab too, and hears who is not. A sign that does not
 * arrive is not made up for: the next one says the same.
 */
export function giveSignsOfLife({
  say,
  onSilent,
  random,
}: {
  /** Tells the server; gives who of the session is silent. */
  say: () => Promise<readonly string[]>
  onSilent: (userIds: readonly string[]) => void
  random: () => number
}): SignsOfLife {
  let saidCount = 0
  let isDestroyed = false

  const give = async (): Promise<void> => {
    if (isDestroyed) return
    // Spread, so that a room does not speak at once.
    alarm.set(signEveryInMs * (0.9 + random() / 5))
    const number = ++saidCount
    const silent = await say().catch(() => null)
    if (silent && number === saidCount && !isDestroyed) onSilent(silent)
  }
  const alarm = createAlarm(() => void give())

  void give()
  return {
    give: () => void give(),
    destroy: () => {
      isDestroyed = true
      alarm.destroy()
    },
  }
}
