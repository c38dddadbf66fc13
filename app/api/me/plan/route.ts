import { defineRoute } from '#lib/server/http/define-route.ts'
import { loadMyPlan } from '#lib/server/plus/my-plan.ts'

/** What one may do, and what one bought. */
export const GET = defineRoute({ access: 'signed_in', handle: ({ db }) => loadMyPlan(db) })
