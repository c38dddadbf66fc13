import { createHmac } from 'node:crypto'

/** The header by which a receiver knows who sent it (docs.stripe.com/webhooks#verify-manually). */
export function signatureHeader(body: string, secret: string, atInSeconds: number): string {
  const signature = createHmac('sha256', secret).update(`${atInSeconds}.${body}`).digest('hex')
  return `t=${atInSeconds},v1=${signature}`
}
