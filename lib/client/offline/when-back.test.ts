import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { whenBack } from './when-back.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function start(answers: boolean[]) {
  const listeners = new Set<() => void>()
  const ask = vi.fn(async () => answers.shift() ?? false)
  const onBack = vi.fn()
  const onOnline = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const end = whenBack({ ask, onOnline, random: () => 0.5 }, onBack)
  const sayOnline = () => {
    for (const listener of listeners) listener()
  }
  return { ask, onBack, end, sayOnline, listeners }
}

it('comes back as soon as the browser says that it is online', async () => {
  const { onBack, sayOnline, listeners } = start([true])
  sayOnline()
  await vi.advanceTimersByTimeAsync(0)
  expect(onBack).toHaveBeenCalledOnce()
  expect(listeners.size).toBe(0)
})

it('asks again where that was said too soon, and comes back once', async () => {
  const { ask, onBack, sayOnline } = start([false, false, true])
  sayOnline()
  await vi.advanceTimersByTimeAsync(7_900)
  expect(onBack).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(onBack).toHaveBeenCalledOnce()
  expect(ask).toHaveBeenCalledTimes(3)
})

it('says nothing any more once it was ended', async () => {
  const { ask, onBack, end, sayOnline } = start([true, true])
  sayOnline()
  end()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(onBack).not.toHaveBeenCalled()
  expect(ask).toHaveBeenCalledOnce()
})
