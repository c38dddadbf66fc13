import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTracksApi } from './tracks-api.ts'

const { signal } = new AbortController()
/** A network that takes everything and answers nothing, until it is given up. */
const silence = vi.fn(
  (_: RequestInfo | URL, init?: RequestInit) =>
    new Promise<Response>((_, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
    }),
)
const apiOver = (fetch: typeof globalThis.fetch, isSomebodyElseHere = () => false) =>
  createTracksApi({ fetch, supabaseUrl: 'http://supabase.test', supabaseKey: 'key', isSomebodyElseHere })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('asks nothing in the name of somebody else who has signed in meanwhile', async () => {
  const fetch = vi.fn(async () => Response.json({ files: [] }))
  let isSomebodyElseHere = false
  const api = apiOver(fetch, () => isSomebodyElseHere)
  await expect(api.stored('one', signal)).resolves.toEqual([])
  isSomebodyElseHere = true
  await expect(api.stored('one', signal)).rejects.toMatchObject({ code: 'not_signed_in' })
  await expect(api.remove('one')).rejects.toMatchObject({ code: 'not_signed_in' })
  expect(fetch).toHaveBeenCalledOnce()
})

it('gives up a request that is never answered, so that it is tried again', async () => {
  const asked = apiOver(silence).stored('one', signal)
  const givenUp = expect(asked).rejects.toMatchObject({ name: 'RetryableError' })
  await vi.advanceTimersByTimeAsync(60_000)
  await givenUp
})

it('gives a large file on a slow network its time', async () => {
  const settled = vi.fn()
  const file = new Blob([new Uint8Array(8_000_000)])
  const put = apiOver(silence).put('/file', file, signal).catch(settled)
  await vi.advanceTimersByTimeAsync(1_000_000)
  expect(settled).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(60_000)
  await put
  expect(settled).toHaveBeenCalledWith(expect.objectContaining({ name: 'RetryableError' }))
})

it('says that it was called off where the person did so', async () => {
  const caller = new AbortController()
  const asked = apiOver(silence).stored('one', caller.signal)
  const calledOff = expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  caller.abort()
  await calledOff
})
