import { decimalsOf } from './decimals.ts'

/** An amount of money for people to read: `€5`, `€5.50`, `$ 5.000`; whole amounts have nothing behind the point. */
export function amountText(amountInMinorUnits: number, currency: string, locale: string): string {
  const unit = 10 ** decimalsOf(currency)
  const isWhole = amountInMinorUnits % unit === 0
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: isWhole ? 0 : decimalsOf(currency),
    maximumFractionDigits: isWhole ? 0 : decimalsOf(currency),
  }).format(amountInMinorUnits / unit)
}

/** The same without the currency and without groups: what a field shows that `amountIn` reads again. */
export function fieldText(amountInMinorUnits: number, decimals: number, locale: string): string {
  const unit = 10 ** decimals
  const isWhole = amountInMinorUnits % unit === 0
  return new Intl.NumberFormat(locale, {
    useGrouping: false,
    minimumFractionDigits: isWhole ? 0 : decimals,
    maximumFractionDigits: decimals,
  }).format(amountInMinorUnits / unit)
}
