import { invalidRequest } from './errors.ts'

const UNITS: Record<string, number> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
}

/** A size limit in bytes from what clients send: a number of bytes or a text such as `20mb` (decimal units). */
export function parseSizeInBytes(size: number | string): number {
  const [, digits = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(String(size)) ?? []
  const factor = UNITS[unit.toLowerCase()]
  if (digits === '' || factor === undefined) throw invalidRequest(`Invalid file size limit: ${size}`)
  return Math.floor(Number(digits) * factor)
}
