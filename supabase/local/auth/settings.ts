/**
 * How sign-in behaves: the same values as in `supabase/config.toml`, which is what a hosted project is
 * configured with. settings.test.ts compares the two.
 */
export const settings = {
  jwtExpiryInSeconds: 3600,
  /** A refresh token that was just used may be used again for this long: tabs race each other. */
  refreshReuseInSeconds: 10,
  minimumPasswordLength: 8,
  otpLength: 6,
  emailOtpExpiryInSeconds: 3600,
  smsOtpExpiryInSeconds: 60 * 10,
  /** Codes and links tried, by network address. */
  verificationsInFiveMinutes: 300,
  /** Text messages of the whole project. */
  textsAnHour: 100,
} as const
