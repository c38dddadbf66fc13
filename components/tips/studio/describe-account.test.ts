import { expect, test } from 'vitest'
import { accountStateOf, requirementsIn } from './describe-account.ts'

const account = {
  chargesEnabled: false,
  payoutsEnabled: false,
  detailsSubmitted: true,
  requirementsDue: [],
  disabledReason: null,
}

test.each([
  ['none', null],
  ['ready', { ...account, chargesEnabled: true, payoutsEnabled: true }],
  ['no_payouts', { ...account, chargesEnabled: true, requirementsDue: ['external_account'] }],
  ['missing', { ...account, requirementsDue: ['external_account'] }],
  ['missing', { ...account, detailsSubmitted: false }],
  ['rejected', { ...account, requirementsDue: ['external_account'], disabledReason: 'rejected.fraud' }],
  ['checking', { ...account, disabledReason: 'requirements.pending_verification' }],
] as const)('an account is %s', (state, status) => {
  expect(accountStateOf(status && { ...status, requirementsDue: [...status.requirementsDue] })).toBe(state)
})

test('what is missing is said once by its kind, and the unknown by its name', () => {
  const names = [
    'individual.first_name',
    'person_1Abc.dob.day',
    'external_account',
    'tos_acceptance.date',
    'tos_acceptance.ip',
    'business_profile.mcc',
    'business_type',
    'settings.payments.statement_descriptor',
  ]
  expect(requirementsIn(names)).toEqual([
    { topic: 'person' },
    { topic: 'bank' },
    { topic: 'terms' },
    { topic: 'business' },
    { topic: 'other', name: 'settings.payments.statement_descriptor' },
  ])
})
