import { expect, it } from 'vitest'
import { beatEveryInMs, beatPattern } from '#lib/domain/calibration/patterns.ts'
import type { PlayedPattern } from './play-pattern.ts'
import { startTapSession } from './tap-session.ts'

function start() {
  const end = Promise.withResolvers<void>()
  const played: PlayedPattern = { originInMs: 4_000, progress: 0, ended: end.promise, stop: () => {} }
  return { session: startTapSession('', () => played), end }
}
const tapAllLate = (session: ReturnType<typeof start>['session'], lateInMs: number, count = 24) => {
  const [firstInMs = 0] = beatPattern().marksInMs
  for (let beat = 0; beat < count; beat++) session.tap(4_000 + firstInMs + beat * beatEveryInMs + lateInMs)
}

it('answers how late the taps were', async () => {
  const { session, end } = start()
  tapAllLate(session, 230)
  end.resolve()
  await expect.poll(() => session.getSnapshot().status).toBe('done')
  expect(session.getSnapshot()).toMatchObject({ taps: 24, estimate: { delayInMs: 230, isSteady: true } })
  session.tap(99_000)
  expect(session.getSnapshot().taps).toBe(24)
})

it('keeps what it has when the metronome is stopped, and fails when it has nothing', async () => {
  const stopped = start()
  tapAllLate(stopped.session, 10, 15)
  stopped.end.reject(new Error('paused'))
  await expect.poll(() => stopped.session.getSnapshot().status).toBe('done')
  const silent = start()
  silent.end.reject(new Error('refused'))
  await expect.poll(() => silent.session.getSnapshot().status).toBe('failed')
})
