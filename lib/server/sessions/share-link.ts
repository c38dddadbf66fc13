import QRCode from 'qrcode'
import { isLoopbackHost } from '#lib/env/public-config.ts'

/** Who can follow a link: everybody, those on the same network as this machine, or only browsers on it. */
export type Reach = 'everybody' | 'same_network' | 'this_computer'

export type ShareLink = { url: string; reach: Reach }

/**
 * The link that others join by. A DJ who opened the app as `localhost` shares this machine's address on its network
 * instead, so that a phone finds it; `lanAddress` is null where there is none.
 */
export function shareLink(appOrigin: string, slug: string, lanAddress: string | null): ShareLink {
  const origin = new URL(appOrigin)
  let reach: Reach = isPrivateHost(origin.hostname) ? 'same_network' : 'everybody'
  if (isLoopbackHost(origin.hostname)) {
    if (lanAddress) origin.hostname = lanAddress
    reach = lanAddress ? 'same_network' : 'this_computer'
  }
  return { url: new URL(`/s/${slug}`, origin).href, reach }
}

/** The link as a QR code (ISO/IEC 18004), as an SVG document. */
export function qrCodeSvg(url: string): Promise<string> {
  return QRCode.toString(url, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
}

/** Addresses that only a local network routes (RFC 1918, RFC 6762). */
function isPrivateHost(hostname: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(hostname) || hostname.endsWith('.local')
}
