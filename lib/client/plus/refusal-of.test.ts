import { ErrorCode, PurchasesError } from '@revenuecat/purchases-js'
import { expect, test } from 'vitest'
import { refusalOf } from './refusal-of.ts'

test.each([
  [ErrorCode.UserCancelledError, null],
  [ErrorCode.ProductAlreadyPurchasedError, 'already_bought'],
  [ErrorCode.NetworkError, 'network'],
  [ErrorCode.InvalidCredentialsError, 'not_set_up'],
  [ErrorCode.TestStoreSimulatedPurchaseError, 'payment'],
  [ErrorCode.IneligibleError, 'unknown'],
])('error %s of the SDK comes to %s', (code, refusal) => {
  expect(refusalOf(new PurchasesError(code))).toBe(refusal)
})

test('an error that is not the SDK’s is nobody’s wish', () => {
  expect(refusalOf(new TypeError('x is undefined'))).toBe('unknown')
})
