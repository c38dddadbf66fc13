import { z } from 'zod'
import { withInvitation } from '#lib/protocol/with-invitation.ts'
import { appOrigin } from '#lib/server/http/app-origin.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { shareAddress } from '#lib/server/sessions/share-address.ts'
import { qrCodeSvg } from '#lib/server/sessions/share-link.ts'

/** The QR code of a session's link. It holds nothing but the address that is being asked for, so anyone may ask. */
export const GET = defineRoute({
  access: 'anyone',
  params: z.object({ slug: z.string().regex(/^[a-z0-9-]{8,40}$/) }),
  query: z.object({
    invitation: z
      .string()
      .regex(/^\w{1,100}$/)
      .optional(),
  }),
  handle: async ({ params, query, request }) => {
    const { url } = shareAddress(appOrigin(request.headers), params.slug)
    const svg = await qrCodeSvg(withInvitation(url, query.invitation ?? null))
    return new Response(svg, {
      headers: {
        'content-type': 'image/svg+xml',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      },
    })
  },
})
