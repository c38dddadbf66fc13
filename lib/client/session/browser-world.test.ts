import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { onWake } from './browser-world.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function aBrowser(visibilityState: 'visible' | 'hidden' = 'visible') {
  const page = Object.assign(new EventTarget(), { visibilityState })
  const connection = Object.assign(new EventTarget(), { type: 'wifi' })
  const tab = new EventTarget()
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', tab)
  vi.stubGlobal('navigator', { connection })
  const reasons: string[] = []
  const stop = onWake((reason) => void reasons.push(reason))
  return { page, connection, tab, reasons, stop }
}

describe('onWake', () => {
  it('calls when the page is seen again', () => {
    const { page, reasons } = aBrowser('hidden')
    page.dispatchEvent(new Event('visibilitychange'))
    expect(reasons).toEqual([])
    page.visibilityState = 'visible'
    page.dispatchEvent(new Event('visibilitychange'))
    expect(reasons).toEqual(['woke'])
  })

  it('calls when the computer slept with the page in sight', () => {
    const { reasons } = aBrowser()
    vi.advanceTimersByTime(60_000)
    expect(reasons).toEqual([])
    vi.setSystemTime(9_000_000)
    vi.advanceTimersByTime(2_000)
    expect(reasons).toEqual(['woke'])
  })

  it('calls when the network is back or another one, not when its speed changes', () => {
    const { tab, connection, reasons } = aBrowser()
    connection.dispatchEvent(new Event('change'))
    expect(reasons).toEqual([])
    connection.type = 'cellular'
    connection.dispatchEvent(new Event('change'))
    tab.dispatchEvent(new Event('online'))
    expect(reasons).toEqual(['network_changed', 'network_changed'])
  })

  it('stops', () => {
    const { page, tab, reasons, stop } = aBrowser()
    stop()
    page.dispatchEvent(new Event('visibilitychange'))
    tab.dispatchEvent(new Event('online'))
    expect(vi.getTimerCount()).toBe(0)
    expect(reasons).toEqual([])
  })
})
