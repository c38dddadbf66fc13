import { loadMyPeople } from '#lib/server/accounts/people.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

export const GET = defineRoute({ access: 'signed_in', handle: ({ db }) => loadMyPeople(db) })
