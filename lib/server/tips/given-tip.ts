import { CodedError } from '#lib/protocol/errors.ts'
import type { GivenTip } from '#lib/protocol/tips.ts'
import { toCodedError } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'
import { refreshTip } from './apply-tip.ts'
import { countRequest } from './count-request.ts'
import type { TipDeps } from './tip-deps.ts'

const settled: readonly GivenTip['status'][] = ['paid', 'partly_refunded', 'refunded']

/**
 * How a tip stands that the client's person gave. While it is not paid it is looked up first; the address that one comes
 * back to says nothing, so opening it by hand pays nothing.
 * @throws CodedError `not_found` for what others gave
 */
export async function loadGivenTip(deps: TipDeps & { db: Db }, tipId: string): Promise<GivenTip> {
  const { db, service } = deps
  // As the person: row level security shows people their own alone.
  const { data: own, error } = await db.from('tips').select('id').eq('id', tipId).maybeSingle()
  if (error) throw toCodedError(error)
  if (!own) throw new CodedError('not_found')
  const tip = await read(service, tipId)
  const { checkout_id: checkoutId, livemode } = tip
  const isDue = checkoutId && livemode === deps.access.livemode && !settled.includes(tip.status)
  const status = isDue ? await statusNow(deps, checkoutId, tip.status) : tip.status
  return {
    tipId,
    status,
    amount: tip.amount,
    currency: tip.currency,
    djName: tip.dj?.display_name ?? null,
    sessionSlug: tip.session?.slug ?? null,
  }
}

async function read(service: Db, tipId: string) {
  const { data, error } = await service
    .from('tips')
    .select(
      'status, amount, currency, livemode, checkout_id, dj:profiles!tips_dj_id_fkey (display_name), session:dj_sessions (slug)',
    )
    .eq('id', tipId)
    .single()
  if (error) throw toCodedError(error)
  return data
}

async function statusNow(
  deps: TipDeps & { db: Db },
  checkoutId: string,
  known: GivenTip['status'],
): Promise<GivenTip['status']> {
  const refreshed = await countRequest(deps.db)
    .then(() => refreshTip(deps, checkoutId))
    .catch(nullWhereUnanswered)
  return refreshed && 'status' in refreshed ? refreshed.status : known
}

/** What is known is shown then; the news comes by Stripe's event. A page that this key does not know is of another account. */
function nullWhereUnanswered(thrown: unknown): null {
  if (thrown instanceof CodedError && /^(unavailable|rate_limited|not_found)$/.test(thrown.code)) return null
  throw thrown
}
