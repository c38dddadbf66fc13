import { ErrorCode, PurchasesError } from '@revenuecat/purchases-js'

/** Why nothing was bought, as far as that changes what a person can do. */
export type PurchaseRefusal = 'already_bought' | 'email' | 'network' | 'not_set_up' | 'payment' | 'unknown'

const refusals: Partial<Record<ErrorCode, PurchaseRefusal>> = {
  [ErrorCode.ProductAlreadyPurchasedError]: 'already_bought',
  [ErrorCode.ReceiptAlreadyInUseError]: 'already_bought',
  [ErrorCode.InvalidEmailError]: 'email',
  [ErrorCode.NetworkError]: 'network',
  [ErrorCode.ConfigurationError]: 'not_set_up',
  [ErrorCode.InvalidCredentialsError]: 'not_set_up',
  [ErrorCode.PaymentPendingError]: 'payment',
  [ErrorCode.StoreProblemError]: 'payment',
  [ErrorCode.TestStoreSimulatedPurchaseError]: 'payment',
}

/** What an error of RevenueCat's SDK comes to; null where it is none: the person closed the form. */
export function refusalOf(error: unknown): PurchaseRefusal | null {
  if (!(error instanceof PurchasesError)) return 'unknown'
  if (error.errorCode === ErrorCode.UserCancelledError) return null
  return refusals[error.errorCode] ?? 'unknown'
}
