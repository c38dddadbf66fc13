import type { Provider } from '#lib/protocol/sign-in.ts'

/** Brands are called the same in every language. */
export const providerNames: Record<Provider, string> = {
  google: 'Google',
  apple: 'Apple',
  github: 'GitHub',
  discord: 'Discord',
}
