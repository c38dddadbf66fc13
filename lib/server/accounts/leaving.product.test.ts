import sharp from 'sharp'
import { expect, inject, it } from 'vitest'
import { parseServerEnv } from '#lib/env/server.ts'
import { enterAs, mustCall } from '#lib/testing/people.ts'
import { type Db, serviceDb } from '../db/clients.ts'
import { changeAvatar } from './avatar.ts'
import { deleteAccount } from './delete-account.ts'
import { exportData } from './export-data.ts'

const { url, publishableKey, secretKey } = inject('supabase')
const service = serviceDb(
  parseServerEnv({
    SUPABASE_URL: url,
    SUPABASE_PUBLISHABLE_KEY: publishableKey,
    SUPABASE_SECRET_KEY: secretKey,
  }),
)
const picture = (background: string) =>
  sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .png()
    .toBuffer()

async function enter(name: string) {
  const { id, db } = await enterAs(name)
  return { userId: id, db: db as unknown as Db, service, anyDb: db }
}

it('has one picture of a person at a time', async () => {
  const ana = await enter('Ana')
  await changeAvatar(ana, await picture('#f60'))
  const { avatarPath } = await changeAvatar(ana, await picture('#06f'))
  const folder = service.storage.from('media')
  expect((await folder.list(`avatars/${ana.userId}`)).data?.map(({ name }) => name)).toEqual([
    avatarPath?.split('/').at(-1),
  ])
  expect((await changeAvatar(ana, null)).avatarPath).toBeNull()
  expect((await folder.list(`avatars/${ana.userId}`)).data).toEqual([])
})

it('gives everything out as a ZIP', async () => {
  const ana = await enter('Ana')
  await changeAvatar(ana, await picture('#f60'))
  await mustCall(ana.anyDb, 'create_session', { p_title: 'Noche de vinilo' })
  const zip = await exportData(ana)
  const bytes = Buffer.from(await zip.arrayBuffer())
  expect(bytes.readUInt32LE(0)).toBe(0x04034b50)
  const text = bytes.toString('latin1')
  for (const name of [
    'account.json',
    'profile.json',
    'messages.json',
    'sessions.json',
    'pictures/profile.webp',
  ])
    expect(text).toContain(name)
  // Stored, not compressed.
  expect(text).toContain('Noche de vinilo')
  expect(text).toContain('WEBP')
})

it('removes an account, ends its sessions first, and lets its tokens do nothing more', async () => {
  const [ana, ben] = await Promise.all([enter('Ana'), enter('Ben')])
  const { id } = await mustCall<{ id: string }>(ana.anyDb, 'create_session', { p_title: 'Noche' })
  await mustCall(ben.anyDb, 'join_session', { p_session_id: id })
  expect(await deleteAccount(ana)).toEqual({ deleted: true })
  expect((await service.from('profiles').select('id').eq('id', ana.userId)).data).toEqual([])
  expect((await service.auth.admin.getUserById(ana.userId)).error?.status).toBe(404)
  const { error } = await ana.anyDb.rpc('create_session', { p_title: 'Again' })
  expect(error?.message).toBe('not_signed_in')
})
