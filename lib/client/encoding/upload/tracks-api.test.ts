import { expect, it, vi } from 'vitest'
import { createTracksApi } from './tracks-api.ts'

it('asks nothing in the name of somebody else who has signed in meanwhile', async () => {
  const fetch = vi.fn(async () => Response.json({ files: [] }))
  let isSomebodyElseHere = false
  const api = createTracksApi({
    fetch,
    supabaseUrl: 'http://supabase.test',
    supabaseKey: 'key',
    isSomebodyElseHere: () => isSomebodyElseHere,
  })
  const { signal } = new AbortController()
  await expect(api.stored('one', signal)).resolves.toEqual([])
  isSomebodyElseHere = true
  await expect(api.stored('one', signal)).rejects.toMatchObject({ code: 'not_signed_in' })
  await expect(api.remove('one')).rejects.toMatchObject({ code: 'not_signed_in' })
  expect(fetch).toHaveBeenCalledOnce()
})
