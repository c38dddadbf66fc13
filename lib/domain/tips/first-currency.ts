/**
 * Where money is counted in which currency (ISO 3166), of those that may be offered; `eur` as of 2026. Browsers in Latin
 * America name all of it (UN M49: 419), where most know what a dollar is.
 */
const regionsByCurrency = {
  eur: 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK',
  usd: 'US EC PA PR SV 419',
  gbp: 'GB GG IM JE',
  chf: 'CH LI',
  cad: 'CA',
  mxn: 'MX',
  brl: 'BR',
  pen: 'PE',
  ars: 'AR',
  cop: 'CO',
  clp: 'CL',
  jpy: 'JP',
}

const currencyByRegion = new Map(
  Object.entries(regionsByCurrency).flatMap(([currency, regions]) =>
    regions.split(' ').map((region): [string, string] => [region, currency]),
  ),
)

const wellKnown = ['eur', 'usd']

/**
 * The currency to begin with: of the first language that names a country (`es-MX`), else of the country in which a language
 * is spoken most, else one that many know, else the first that is offered.
 *
 * @param languages as a browser lists them, what is preferred first
 * @returns null where nothing is offered
 */
export function firstCurrency(offered: readonly string[], languages: readonly string[]): string | null {
  const locales = languages.flatMap((tag) => localeOf(tag) ?? [])
  const regions = [...locales, ...locales.map((locale) => locale.maximize())].map(({ region }) => region)
  for (const region of regions) {
    const currency = region && currencyByRegion.get(region)
    if (currency && offered.includes(currency)) return currency
  }
  return wellKnown.find((currency) => offered.includes(currency)) ?? offered[0] ?? null
}

function localeOf(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag)
  } catch {
    return null
  }
}
