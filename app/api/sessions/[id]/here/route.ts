import { defineSessionRoute } from '#lib/server/http/define-route.ts'
import { hereRoute } from '#lib/server/sessions/session-routes.ts'

export const POST = defineSessionRoute(hereRoute)
