import { invalidRequest } from '../refusal.ts'

/** docs.stripe.com/currencies, "Zero-decimal currencies". */
const zeroDecimal = words('bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf')

/** There, "Minimum and maximum charge amounts", in minor units. */
const minimums: [number, Set<string>][] = [
  [30, words('gbp')],
  [50, words('aud brl cad chf eur inr jpy nzd sgd usd')],
  [100, words('bgn')],
  [200, words('aed myr pln ron')],
  [250, words('dkk')],
  [300, words('nok sek')],
  [400, words('hkd')],
  [1000, words('mxn thb')],
  [1500, words('czk')],
  [17500, words('huf')],
]
/** For the others Stripe converts; the fake knows no rates. */
const otherMinimum = 50
const maximum = 99_999_999

const known = new Set(Intl.supportedValuesOf('currency').map((currency) => currency.toLowerCase()))

function words(list: string): Set<string> {
  return new Set(list.split(' '))
}

/** Whether it is a currency's code in lower case, as Stripe wants it. */
export const isCurrency = (currency: string): boolean => known.has(currency)

/** `5.00 EUR`, `500 JPY` */
export function formatAmount(amountInMinorUnits: number, currency: string): string {
  const decimals = zeroDecimal.has(currency) ? 0 : 2
  return `${(amountInMinorUnits / 10 ** decimals).toFixed(decimals)} ${currency.toUpperCase()}`
}

/** Refuses what cannot be charged. @throws StripeRefusal */
export function checkAmount(amountInMinorUnits: number, currency: string): void {
  const [minimum] = minimums.find(([, currencies]) => currencies.has(currency)) ?? [otherMinimum]
  if (amountInMinorUnits < minimum)
    throw invalidRequest(
      `The Checkout Session's total amount due must add up to at least ${formatAmount(minimum, currency)}`,
      { code: 'amount_too_small' },
    )
  if (amountInMinorUnits > maximum)
    throw invalidRequest(`Amount must be no more than ${formatAmount(maximum, currency)}`, {
      code: 'amount_too_large',
    })
}
