import { tipParamsSchema } from '#lib/protocol/tips.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { loadGivenTip } from '#lib/server/tips/given-tip.ts'
import { theTipDeps } from '#lib/server/tips/tip-deps.ts'

export const GET = defineRoute({
  access: 'signed_in',
  params: tipParamsSchema,
  handle: ({ db, params }) => loadGivenTip({ ...theTipDeps(), db }, params.id),
})
