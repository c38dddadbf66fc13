import { z } from 'zod'
import type { StackAddresses } from '../stack.ts'

const message = z.object({
  to: z.string(),
  channel: z.string(),
  subject: z.string().optional(),
  body: z.string(),
  code: z.string(),
  link: z.string().optional(),
})

/** The newest message in the development inbox for somebody. */
export async function newestMessage(stack: StackAddresses, to: string) {
  const response = await fetch(`${stack.inboxUrl}/messages?to=${encodeURIComponent(to)}`)
  const [newest] = z.array(message).parse(await response.json())
  if (!newest) throw new Error(`no message for ${to}`)
  return newest
}
