import { serverEnv } from '#lib/env/server.ts'
import { exportData } from '#lib/server/accounts/export-data.ts'
import { serviceDb } from '#lib/server/db/clients.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

export const GET = defineRoute({
  access: 'signed_in',
  handle: async ({ db, person }) => {
    const zip = await exportData({ db, service: serviceDb(serverEnv()), userId: person.userId })
    return new Response(zip.body, {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': 'attachment; filename="whatssound.zip"',
        'cache-control': 'no-store',
      },
    })
  },
})
