/** Groups of three digits with one kind of sign between them, or digits alone; then what stands behind a point or comma. */
const written = /^(?:(\d{1,3})([.,'’ ])(\d{3}(?:\2\d{3})*)|(\d+))(?:([.,])(\d{1,2}))?$/

/**
 * The amount that somebody typed, in the currency's smallest unit; null for what is no amount in it. No language has to be
 * known: three digits behind a sign are a group, one or two are cents, and where a currency has no cents they are refused.
 */
export function amountIn(text: string, decimals: number): number | null {
  const parts = written.exec(text.trim().replace(/\s/g, ' '))
  if (!parts) return null
  const [, lead, group, groups = '', plain, point, cents = ''] = parts
  if (point && (point === group || cents.length > decimals)) return null
  const whole = plain ?? `${lead}${groups.replaceAll(group ?? '', '')}`
  const amount = Number(whole + cents.padEnd(decimals, '0'))
  return Number.isSafeInteger(amount) ? amount : null
}
