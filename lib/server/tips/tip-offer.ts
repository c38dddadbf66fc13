import { z } from 'zod'
import type { PaymentsMode } from '#lib/protocol/public-config.ts'
import type { TipCurrency, TipOffer } from '#lib/protocol/tips.ts'
import { callFunction, toCodedError } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'

/** Whether a session's DJ can be tipped, and in what; for whoever sees the session. @throws CodedError */
export async function loadTipOffer(db: Db, sessionId: string, payments: PaymentsMode): Promise<TipOffer> {
  const [canBeTipped, currencies] = await Promise.all([
    payments !== 'off' && canDjBeTipped(db, sessionId, payments === 'live'),
    loadCurrencies(db),
  ])
  return { canBeTipped, currencies }
}

async function canDjBeTipped(db: Db, sessionId: string, livemode: boolean): Promise<boolean> {
  const { data, error } = await db.from('dj_sessions').select('dj_id').eq('id', sessionId).maybeSingle()
  if (error) throw toCodedError(error)
  if (!data?.dj_id) return false
  return callFunction(db, 'can_be_tipped', { p_user_id: data.dj_id, p_livemode: livemode }, z.boolean())
}

async function loadCurrencies(db: Db): Promise<TipCurrency[]> {
  const { data, error } = await db.from('tip_currencies').select().order('code')
  if (error) throw toCodedError(error)
  return data.map(({ code, decimals, min_amount, max_amount, suggested_amounts }) => ({
    currency: code,
    decimals,
    minAmount: min_amount,
    maxAmount: max_amount,
    suggestedAmounts: suggested_amounts,
  }))
}
