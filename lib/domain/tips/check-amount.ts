type Bounds = { minAmount: number; maxAmount: number }

/** What is wrong with an amount as a tip; null for nothing. SQL decides the same (`begin_tip`). */
export function checkAmount(
  amountInMinorUnits: number | null,
  { minAmount, maxAmount }: Bounds,
): 'no_amount' | 'too_small' | 'too_large' | null {
  if (amountInMinorUnits === null) return 'no_amount'
  if (amountInMinorUnits < minAmount) return 'too_small'
  return amountInMinorUnits > maxAmount ? 'too_large' : null
}
