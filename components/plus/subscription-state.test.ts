import { expect, test } from 'vitest'
import type { Subscription } from '#lib/protocol/plus.ts'
import { type SubscriptionState, subscriptionState } from './subscription-state.ts'

const now = 1_000
const active: Subscription = {
  isActive: true,
  endsAt: 2_000,
  isCancelled: false,
  isRefunded: false,
  hasBillingIssue: false,
  resumesAt: null,
  isSandbox: false,
  managementUrl: null,
}

test.each<[SubscriptionState, Subscription | null]>([
  ['none', null],
  ['active', active],
  ['active', { ...active, endsAt: null, isSandbox: true }],
  ['cancelled', { ...active, isCancelled: true }],
  ['paused', { ...active, resumesAt: 3_000 }],
  ['billing_issue', { ...active, hasBillingIssue: true, isCancelled: true }],
  ['refunded', { ...active, isActive: false, isRefunded: true, isCancelled: true }],
  ['ended', { ...active, isActive: false, endsAt: 500 }],
  ['ended', { ...active, isActive: false, endsAt: 500, isSandbox: true }],
  ['sandbox', { ...active, isActive: false, isSandbox: true }],
  ['sandbox', { ...active, isActive: false, isSandbox: true, endsAt: null }],
])('a subscription is %s', (state, subscription) => {
  expect(subscriptionState(subscription, now)).toBe(state)
})
