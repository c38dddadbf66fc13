import { expect, test } from 'vitest'
import { configured } from '../config.ts'
import { settings } from './settings.ts'

test.each([
  ['auth', 'jwt_expiry', settings.jwtExpiryInSeconds],
  ['auth', 'refresh_token_reuse_interval', settings.refreshReuseInSeconds],
  ['auth', 'minimum_password_length', settings.minimumPasswordLength],
  ['auth.email', 'otp_length', settings.otpLength],
  ['auth.email', 'otp_expiry', settings.emailOtpExpiryInSeconds],
  ['auth.rate_limit', 'token_verifications', settings.verificationsInFiveMinutes],
  ['auth.rate_limit', 'sms_sent', settings.textsAnHour],
  ['auth', 'enable_anonymous_sign_ins', true],
  ['auth.email', 'enable_confirmations', true],
  ['auth.email', 'double_confirm_changes', false],
])('[%s] %s is what the embedded stack does', (section, key, value) => {
  expect(configured(section, key)).toBe(String(value))
})
