import type Hls from 'hls.js'
import type { Fragment } from 'hls.js'

/** On another network, a fragment of which nothing comes in for so long is asked for anew. */
const stuckAfterInMs = 1_000

/** When loading begins anew: some time after a failure, at once on another network. But what still comes in may arrive. */
export function createReloading(hls: Hls, { FRAG_LOADING }: typeof Hls.Events) {
  let fragment: Fragment | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  hls.on(FRAG_LOADING, (_event, { frag }) => {
    fragment = frag
  })

  function after(delayInMs: number, load: () => void): void {
    clearTimeout(timer)
    timer = setTimeout(load, delayInMs)
  }

  return {
    after,
    hurry(load: () => void): void {
      clearTimeout(timer)
      // A fragment has a loader while it is under way.
      const loader = fragment?.loader
      if (!loader) {
        load()
        return
      }
      const { loaded } = loader.stats
      after(stuckAfterInMs, () => {
        if (fragment?.loader === loader && loader.stats.loaded === loaded) load()
      })
    },
    destroy: () => clearTimeout(timer),
  }
}
