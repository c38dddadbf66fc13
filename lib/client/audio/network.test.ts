import { afterEach, expect, it, vi } from 'vitest'
import { createNetwork } from './network.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

function inBrowser() {
  const page = new EventTarget()
  const connection = Object.assign(new EventTarget(), { type: 'wifi', effectiveType: '3g', downlink: 0.4 })
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  vi.stubGlobal('navigator', { connection })
  const network = createNetwork()
  const changed = vi.fn()
  const unsubscribe = network.onChange(changed)
  network.learn(90_000)
  const become = (next: Partial<typeof connection>) => {
    Object.assign(connection, next)
    connection.dispatchEvent(new Event('change'))
  }
  return { page, network, changed, become, unsubscribe }
}

it('takes no other estimate for another network', () => {
  const { network, changed, become } = inBrowser()
  become({ downlink: 0.45 })
  become({ downlink: 0.35 })
  expect(changed).not.toHaveBeenCalled()
  expect(network.measuredInBps).toBe(90_000)
})

it.each([{ type: 'cellular' }, { effectiveType: '4g' }])('tells of another network: %o', (next) => {
  const { network, changed, become, unsubscribe } = inBrowser()
  become(next)
  become({ downlink: 5 })
  expect(changed).toHaveBeenCalledOnce()
  expect(network.measuredInBps).toBeNull()
  unsubscribe()
  become({ type: 'ethernet', effectiveType: '2g' })
  expect(changed).toHaveBeenCalledOnce()
})

it('tells when the browser is online again', () => {
  const { page, changed } = inBrowser()
  page.dispatchEvent(new Event('online'))
  expect(changed).toHaveBeenCalledOnce()
})
