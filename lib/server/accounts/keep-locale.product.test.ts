import { expect, inject, it, vi } from 'vitest'
import { enterAs } from '#lib/testing/people.ts'
import { newestMessage } from '../../../supabase/local/testing/messages.ts'
import type { Db } from '../db/clients.ts'
import { keepLocale } from './keep-locale.ts'

const request = vi.hoisted(() => ({ db: undefined as Db | undefined }))
vi.mock('server-only', () => ({}))
vi.mock('next/headers', () => ({ headers: async () => new Headers() }))
vi.mock('../db/auth-db.ts', () => ({ authDb: async () => request.db }))
vi.mock('../db/shared-access.ts', () => ({
  sharedAccess: () => ({ verify: async () => ({ userId: '', isGuest: true }) }),
}))

it('keeps the chosen language for the page and for what Supabase Auth writes', async () => {
  const { db } = await enterAs('Ana')
  request.db = db as Db
  await keepLocale('es')
  expect((await db.from('profiles').select('locale').single()).data).toEqual({ locale: 'es' })
  const email = `${crypto.randomUUID()}@example.test`
  await db.auth.updateUser({ email })
  expect((await newestMessage(inject('supabase'), email)).body).toContain('Tu código')
})
