const elementCpe = 1
const elementEnd = 7
/** What may stand first in a frame of stereo: the channel pair itself, or data and fill elements before it. */
const firstElements = new Set([elementCpe, 4, 6])

/**
 * Whether a packet has the frame of an AAC raw data block of stereo (ISO/IEC 14496-3, table 4.3): it begins with the
 * channel pair and ends with the end mark and less than a byte of zeros. Decoding is the browsers' business; noise and
 * other data in the place of sound do not get past this for more than a few packets.
 */
export function looksLikeAacFrame(packet: Uint8Array): boolean {
  const first = packet[0]
  if (first === undefined || !firstElements.has(first >> 5)) return false
  const last = packet[packet.length - 1] ?? 0
  const beforeLast = packet[packet.length - 2] ?? 0
  const tail = (beforeLast << 8) | last
  for (let padding = 0; padding < 8; padding++) {
    if (((tail >> padding) & 7) === elementEnd) return true
    if (((tail >> padding) & 1) === 1) return false
  }
  return false
}
