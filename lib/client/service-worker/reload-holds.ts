import { createStore, type Readable } from '../audio/store.ts'

const holds = createStore(0)

/** How many things a reload of this window would cut off: sound, a broadcast, uploads. */
export const reloadHolds: Readable<number> = holds

/** Says that a reload would cut something off now; gives what takes that back. */
export function holdReload(): () => void {
  let isHeld = true
  holds.set(holds.getSnapshot() + 1)
  return () => {
    if (!isHeld) return
    isHeld = false
    holds.set(holds.getSnapshot() - 1)
  }
}
