import { describe, expect, it } from 'vitest'
import { memoryStore } from '#lib/client/session/testing/open-fake-session.ts'
import { createWayMemory, unknownNetwork } from './way-memory.ts'

function aBrowser() {
  const world = { network: 'wifi', nowInMs: 1_000_000 }
  const store = memoryStore()
  const open = () => createWayMemory({ store, network: () => world.network, now: () => world.nowInMs })
  return { world, store, open }
}

describe('createWayMemory', () => {
  it('knows after a reload what worked on each network', () => {
    const { world, open } = aBrowser()
    open().remember('sse')
    world.network = 'cellular'
    expect(open().recall()).toBeNull()
    open().remember('websocket')
    world.network = 'wifi'
    expect(open().recall()).toBe('sse')
  })

  it('forgets after a day', () => {
    const { world, open } = aBrowser()
    open().remember('long_poll')
    world.nowInMs += 86_400_000 - 1
    expect(open().recall()).toBe('long_poll')
    world.nowInMs += 1
    expect(open().recall()).toBeNull()
  })

  it('forgets after an hour where the browser does not tell one network from another', () => {
    const { world, open } = aBrowser()
    world.network = unknownNetwork
    open().remember('sse')
    world.nowInMs += 3_600_000 - 1
    expect(open().recall()).toBe('sse')
    world.nowInMs += 1
    expect(open().recall()).toBeNull()
  })

  it('forgets a network that turned out to be another one', () => {
    const { open } = aBrowser()
    open().remember('long_poll')
    open().forget()
    expect(open().recall()).toBeNull()
  })

  it('lives without a storage, and with somebody else’s scribbles in it', () => {
    const { store, open } = aBrowser()
    store.setItem('whatssound:ways', '{"wifi":{"way":"pigeon"}}')
    expect(open().recall()).toBeNull()
    const without = createWayMemory({ store: null, network: () => '', now: () => 0 })
    without.remember('sse')
    expect(without.recall()).toBeNull()
  })
})
