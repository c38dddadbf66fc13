import { z } from 'zod'
import { appOrigin } from '#lib/server/http/app-origin.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { shareAddress } from '#lib/server/sessions/share-address.ts'
import { qrCodeSvg } from '#lib/server/sessions/share-link.ts'

/** The QR code of a session's link. It holds nothing but the address that is being asked for, so anyone may ask. */
export const GET = defineRoute({
  access: 'anyone',
  params: z.object({ slug: z.string().regex(/^[a-z0-9-]{8,40}$/) }),
  handle: async ({ params, request }) => {
    const svg = await qrCodeSvg(shareAddress(appOrigin(request.headers), params.slug).url)
    return new Response(svg, {
      headers: {
        'content-type': 'image/svg+xml',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      },
    })
  },
})
