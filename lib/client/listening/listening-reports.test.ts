import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AudioSnapshot } from '#lib/client/audio/audio-engine.ts'
import { createStore } from '#lib/client/audio/store.ts'
import type { RequestJson } from '#lib/client/session/session-api.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { listeningReportSchema } from '#lib/protocol/listening.ts'
import { startListeningReports } from './listening-reports.ts'

const playing = {
  phase: 'in_sync',
  livePhase: 'silent',
  isListening: true,
  positionInMs: 60_000,
  offsetInMs: 1.5,
  uncertaintyInMs: 3,
  driftInPpm: -12,
  bufferInMs: 30_000,
  stalls: 0,
  corrections: 40,
  bitrate: 128_000.4,
} as AudioSnapshot

let hereCount: number | null
let reports: { destroy: () => void }
const audio = createStore(playing)
const request = vi.fn(async (_path: string, _result: unknown, _body?: unknown): Promise<unknown> => ({}))
const bodies = () => request.mock.calls.map(([, , body]) => listeningReportSchema.parse(body))

beforeEach(() => {
  vi.useFakeTimers()
  request.mockClear()
  audio.set(playing)
  hereCount = 3
  reports = startListeningReports({
    sessionId: 's1',
    userId: 'u1',
    audio,
    hereCount: () => hereCount,
    request: request as unknown as RequestJson,
    random: () => 0.5,
  })
})
afterEach(() => {
  reports.destroy()
  vi.useRealTimers()
})

const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000)

describe('startListeningReports', () => {
  it('tells how the sound is doing, about once a minute', async () => {
    await minutes(10)
    expect(bodies().length).toBe(10)
    expect(request.mock.calls[0]?.[0]).toBe('/api/sessions/s1/listening')
    expect(bodies()[0]).toEqual({
      isListening: true,
      offsetInMs: 1.5,
      uncertaintyInMs: 3,
      driftInPpm: -12,
      bufferInMs: 30_000,
      stalls: 0,
      corrections: 0,
      bitrate: 128_000,
    })
  })

  it('counts the interruptions and corrections of the last five minutes', async () => {
    audio.set({ ...playing, stalls: 2, corrections: 50 })
    await minutes(4)
    expect(bodies().at(-1)).toMatchObject({ stalls: 2, corrections: 10 })
    audio.set({ ...playing, stalls: 3, corrections: 51 })
    await minutes(2)
    expect(bodies().at(-1)).toMatchObject({ stalls: 1, corrections: 1 })
  })

  it('claims no offset while the beat is being looked for', async () => {
    audio.set({ ...playing, phase: 'acquiring', offsetInMs: 400 })
    await minutes(1)
    expect(bodies()[0]?.offsetInMs).toBeNull()
  })

  it('claims nothing loaded ahead while no sound is made', async () => {
    audio.set({ ...playing, positionInMs: null, bufferInMs: 0 })
    await minutes(1)
    expect(bodies()[0]?.bufferInMs).toBeNull()
  })

  it('tells of a live set without music too', async () => {
    audio.set({ ...playing, phase: 'silent', livePhase: 'in_sync', offsetInMs: -2 })
    await minutes(1)
    expect(bodies()[0]?.offsetInMs).toBe(-2)
  })

  it('is quiet outside of a live room, and in a large one where others were asked', async () => {
    hereCount = null
    await minutes(2)
    hereCount = 1_000_000
    await minutes(2)
    expect(request).not.toHaveBeenCalled()
  })

  it('goes on after a report that was refused, and ends when it is told to', async () => {
    request.mockRejectedValueOnce(new CodedError('rate_limited'))
    await minutes(3)
    const sent = request.mock.calls.length
    expect(sent).toBeGreaterThan(1)
    reports.destroy()
    await minutes(3)
    expect(request.mock.calls.length).toBe(sent)
  })
})
