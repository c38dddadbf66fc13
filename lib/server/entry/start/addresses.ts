import { networkInterfaces } from 'node:os'

/** This machine's address on the local network, for phones; null without one. */
export function lanAddress(): string | null {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return addresses.find((address) => address.family === 'IPv4' && !address.internal)?.address ?? null
}
