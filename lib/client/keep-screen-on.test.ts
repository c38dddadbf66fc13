import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepScreenOn } from './keep-screen-on.ts'

/** The browser's part, which Node has not. */
class FakeDocument extends EventTarget {
  visibilityState = 'visible'
  show(visibilityState: string): void {
    this.visibilityState = visibilityState
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

let page: FakeDocument
let held: number
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
const request = vi.fn()

beforeEach(() => {
  page = new FakeDocument()
  held = 0
  request.mockReset().mockImplementation(async () => {
    held++
    return {
      release: async () => {
        held--
      },
    }
  })
  vi.stubGlobal('document', page)
  vi.stubGlobal('navigator', { wakeLock: { request } })
})
afterEach(() => vi.unstubAllGlobals())

test('the screen stays on until it is let go', async () => {
  const release = keepScreenOn()
  await settle()
  expect(held).toBe(1)
  release()
  await settle()
  expect(held).toBe(0)
})

test('a lock that is granted after it was let go is given back', async () => {
  keepScreenOn()()
  await settle()
  expect(request).toHaveBeenCalledTimes(1)
  expect(held).toBe(0)
})

test('a page that was hidden asks again when it is seen', async () => {
  const release = keepScreenOn()
  await settle()
  page.show('hidden')
  await settle()
  expect(request).toHaveBeenCalledTimes(1)
  page.show('visible')
  await settle()
  expect(request).toHaveBeenCalledTimes(2)
  release()
  page.show('visible')
  await settle()
  expect(request).toHaveBeenCalledTimes(2)
})

test('a refusal changes nothing', async () => {
  request.mockRejectedValue(new DOMException('Battery is low', 'NotAllowedError'))
  const release = keepScreenOn()
  await settle()
  expect(release).not.toThrow()
})
