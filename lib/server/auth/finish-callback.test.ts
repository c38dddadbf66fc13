import { expect, it } from 'vitest'
import type { Db } from '../db/clients.ts'
import { finishCallback } from './finish-callback.ts'

/** Only what coming back asks of Supabase Auth. */
function dbOf({ error = null, isSignedIn = false }: { error?: object | null; isSignedIn?: boolean }) {
  const auth = {
    exchangeCodeForSession: async () => ({ data: {}, error }),
    getClaims: async () => ({ data: isSignedIn ? { claims: {} } : null, error: null }),
  }
  return { auth } as unknown as Db
}

it('goes on at a path of ours, and nowhere else (attack 52)', async () => {
  expect(await finishCallback(dbOf({}), { code: 'x', next: '/studio' })).toBe('/studio')
  expect(await finishCallback(dbOf({}), { code: 'x', next: '//evil.example' })).toBe('/')
})

it('goes back to sign in with the reason where the code is of no use', async () => {
  const error = { name: 'AuthApiError', code: 'bad_code_verifier', status: 400 }
  expect(await finishCallback(dbOf({ error }), { code: 'x', next: '/studio' })).toBe(
    '/sign-in?problem=code_wrong&next=%2Fstudio',
  )
})

it('tells whoever is signed in that the account belongs to somebody else', async () => {
  const returned = { error: 'access_denied', errorCode: 'identity_already_exists', provider: 'google' }
  expect(await finishCallback(dbOf({ isSignedIn: true }), returned)).toBe(
    '/account?problem=address_taken&provider=google&next=%2F',
  )
})

it('says nothing of what a stranger wrote into the address', async () => {
  const returned = { error: '<script>', errorCode: '<script>', provider: '<script>' }
  expect(await finishCallback(dbOf({}), returned)).toBe('/sign-in?problem=not_allowed&next=%2F')
})

it('forgives no absence of a code', async () => {
  expect(await finishCallback(dbOf({}), {})).toBe('/sign-in?problem=not_allowed&next=%2F')
})
