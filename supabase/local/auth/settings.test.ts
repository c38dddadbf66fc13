import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { settings } from './settings.ts'

const config = readFileSync(path.join(import.meta.dirname, '..', '..', 'config.toml'), 'utf8')

/** The value of a key in a section of config.toml. */
function configured(section: string, key: string): string | undefined {
  const [, body = ''] = config.split(`[${section}]\n`)
  return new RegExp(`^${key} = (.*)$`, 'm').exec(body.split(/^\[/m)[0] ?? '')?.[1]
}

test.each([
  ['auth', 'jwt_expiry', settings.jwtExpiryInSeconds],
  ['auth', 'refresh_token_reuse_interval', settings.refreshReuseInSeconds],
  ['auth', 'minimum_password_length', settings.minimumPasswordLength],
  ['auth.email', 'otp_length', settings.otpLength],
  ['auth.email', 'otp_expiry', settings.emailOtpExpiryInSeconds],
  ['auth', 'enable_anonymous_sign_ins', true],
  ['auth.email', 'enable_confirmations', true],
  ['auth.email', 'double_confirm_changes', false],
])('[%s] %s is what the embedded stack does', (section, key, value) => {
  expect(configured(section, key)).toBe(String(value))
})
