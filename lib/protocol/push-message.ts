import * as z from 'zod/mini'

/** What the service worker gets, decrypted by the browser; small, since it is parsed there. */
export const pushMessageSchema = z.object({
  id: z.string(),
  /** Of a topic the newest notification is on the screen. */
  topic: z.string(),
  title: z.string(),
  body: z.string(),
  /** Where a tap leads to, on our own origin. */
  path: z.string().check(z.regex(/^\/(?!\/)/)),
  locale: z.string(),
})
export type PushMessage = z.infer<typeof pushMessageSchema>
