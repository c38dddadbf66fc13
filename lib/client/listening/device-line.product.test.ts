import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, expect, inject, it, vi } from 'vitest'
import { newId } from '#lib/client/new-id.ts'
import { type DeviceState, devicesTopic, type Moved } from '#lib/protocol/devices.ts'
import { enterAs, mustCall } from '#lib/testing/people.ts'
import { createDeviceLine } from './device-line.ts'

const clients: SupabaseClient[] = []
afterAll(() => Promise.all(clients.map((client) => client.realtime.disconnect())))

/** The same person in another browser. */
async function alsoOn(db: SupabaseClient): Promise<SupabaseClient> {
  const { url, publishableKey } = inject('supabase')
  const options = { auth: { persistSession: false, autoRefreshToken: false } }
  const other = createClient(url, publishableKey, options)
  const { data } = await db.auth.getSession()
  if (!data.session) throw new Error('Nobody is signed in.')
  await other.auth.setSession(data.session)
  return other
}

function openLine(db: SupabaseClient, sessionId: string, userId: string, system: string) {
  clients.push(db)
  const device = { id: newId(), name: { browser: 'Firefox', system } }
  const line = createDeviceLine(db, { sessionId, userId, device })
  let seen: ReadonlyMap<string, readonly DeviceState[]> = new Map()
  const moves: Moved[] = []
  const open = () =>
    line.open({
      onDevices: (devices) => {
        seen = devices
      },
      onMoved: (moved) => moves.push(moved),
    })
  open()
  const listening = () =>
    [...seen.values()]
      .flat()
      .flatMap((state) => (state.isListening ? state.system : []))
      .sort()
  return { ...line, device, moves, open, listening, count: () => seen.size }
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000 })

it('lets two devices of one person see each other, and hand the music over', async () => {
  const { id: userId, db } = await enterAs('Ana')
  const { id: sessionId } = await mustCall<{ id: string }>(db, 'create_session', { p_title: 'Two devices' })
  const phone = openLine(db, sessionId, userId, 'iPhone')
  phone.tell(true)
  const laptop = openLine(await alsoOn(db), sessionId, userId, 'Linux')
  await soon(() => expect([laptop.count(), phone.count()]).toEqual([2, 2]))
  await soon(() => expect(laptop.listening()).toEqual(['iPhone']))
  laptop.tell(true)
  await soon(() => expect(phone.listening()).toEqual(['Linux', 'iPhone']))
  laptop.tellMoved()
  await soon(() => expect(phone.moves).toMatchObject([{ system: 'Linux', deviceId: laptop.device.id }]))
  expect(laptop.moves).toEqual([])

  // Closed it is seen no more; opened again, it still says what was told last.
  laptop.close()
  await soon(() => expect(phone.listening()).toEqual(['iPhone']))
  laptop.open()
  await soon(() => expect(phone.listening()).toEqual(['Linux', 'iPhone']))
  phone.close()
  laptop.close()
})

it('is closed to everybody else, members of the same session too', async () => {
  const { id: userId, db } = await enterAs('Ana')
  const { id: sessionId } = await mustCall<{ id: string }>(db, 'create_session', { p_title: 'Alone' })
  const ana = openLine(db, sessionId, userId, 'iPhone')
  await soon(() => expect(ana.count()).toBe(1))
  const { db: other } = await enterAs('Ben')
  clients.push(other)
  await mustCall(other, 'join_session', { p_session_id: sessionId })
  await other.realtime.setAuth()
  const channel = other.channel(devicesTopic(sessionId, userId), { config: { private: true } })
  const status = await new Promise((resolve) =>
    channel.on('presence', { event: 'sync' }, () => {}).subscribe(resolve),
  )
  expect(status).toBe('CHANNEL_ERROR')
  expect(ana.count()).toBe(1)
  ana.close()
})
