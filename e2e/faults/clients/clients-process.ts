/**
 * The process of all clients of one session, so that their work does not hold up what they are measured against. It does
 * what its parent asks, and ends with it.
 */
import type { Answer, Request, Told } from './messages.ts'
import { type OpenParty, openParty } from './party.ts'

let party: OpenParty | null = null

async function answer(request: Request): Promise<Told | null> {
  if (request.do === 'enter') {
    party = await openParty(request.party)
    return null
  }
  if (!party) throw new Error('Nobody has entered.')
  if (request.do === 'converge') return party.converge(request.goal)
  await party.act(request.deeds)
  return null
}

process.on('message', async (request: Request) => {
  const answered: Answer = await answer(request).then(
    (told) => ({ ok: true, told }),
    (error: unknown) => ({
      ok: false,
      why: error instanceof Error ? (error.stack ?? error.message) : `${error}`,
    }),
  )
  process.send?.(answered)
})
process.on('disconnect', () => process.exit())
