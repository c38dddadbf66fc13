import { expect, it, vi } from 'vitest'
import { limits } from '#lib/domain/limits/limits.ts'
import type { Rpc } from '../db/clients.ts'
import { createInvitation } from './create-invitation.ts'

it('makes one link that a whole party comes in by', async () => {
  const made = { token: 't'.repeat(32), expiresAt: 1, maxUses: 10_000 }
  const rpc = vi.fn(async () => ({ data: made, error: null }))
  expect(await createInvitation({ rpc } as Rpc, 'den')).toEqual(made)
  expect(rpc).toHaveBeenCalledWith('create_invitation', {
    p_session_id: 'den',
    p_max_uses: limits.invitationUsesMax,
  })
})
