/** Currencies whose smallest unit is the whole one (https://docs.stripe.com/currencies, "Zero-decimal currencies"). */
const zeroDecimal = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '))

/**
 * How many digits of a currency stand behind the point: 0 or 2. For amounts in a currency that is perhaps no longer offered;
 * of one that is, the server says it. Browsers do not agree on it.
 */
export function decimalsOf(currency: string): number {
  return zeroDecimal.has(currency) ? 0 : 2
}
