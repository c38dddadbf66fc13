import { defineSessionRoute } from '#lib/server/http/define-route.ts'
import { snapshotRoute } from '#lib/server/sessions/session-routes.ts'

export const GET = defineSessionRoute(snapshotRoute)
