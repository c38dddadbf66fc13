import { z } from 'zod'

/** The social sign-ins that the product has buttons for, by Supabase Auth's names. */
export const providers = ['google', 'apple', 'github', 'discord'] as const
export type Provider = (typeof providers)[number]

/** Which ways to sign in are switched on at Supabase. */
export const signInWaysSchema = z.object({
  guest: z.boolean(),
  phone: z.boolean(),
  email: z.boolean(),
  providers: z.array(z.enum(providers)),
})
export type SignInWays = z.infer<typeof signInWaysSchema>

/** E.164 (ITU-T): a plus and up to fifteen digits; what people write between them does not count. */
export const phoneSchema = z
  .string()
  .transform((text) => text.replace(/[\s().-]/g, '').replace(/^00/, '+'))
  .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/))

export const emailSchema = z.string().trim().toLowerCase().pipe(z.email().max(254))

const address = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('phone'), address: phoneSchema }),
  z.strictObject({ channel: z.literal('email'), address: emailSchema }),
])
export type Channel = z.infer<typeof address>['channel']

/**
 * What a code is for: to sign in, or to add an address to the account that one is signed in to, which keeps everything
 * and, where it was a guest's, makes it an account.
 */
const purpose = z.enum(['sign_in', 'add'])
export type CodePurpose = z.infer<typeof purpose>

/** A path of ours to go to afterwards; anything else becomes the lobby (`safePath`). */
const next = z.string().max(500).default('/')

/** `POST /api/auth/codes`: sends a code, and in an e-mail a link too. */
export const askCodeSchema = z.strictObject({
  to: address,
  purpose,
  next,
  captchaToken: z.string().max(4096).optional(),
})
export const codeSentSchema = z.object({ resendAfterInMs: z.number() })

/** `POST /api/auth/codes/check`: the code signs in, or adds the address. */
export const checkCodeSchema = z.strictObject({
  to: address,
  purpose,
  code: z
    .string()
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6,10}$/)),
})
/** A new account has no name of its own yet: then it is asked for. */
export const signedInSchema = z.object({ userId: z.uuid(), needsName: z.boolean() })
export type SignedIn = z.infer<typeof signedInSchema>

/** `POST /api/auth/social`: answers where to go on, at the provider's. */
export const beginSocialSchema = z.strictObject({ provider: z.enum(providers), purpose, next })
export const socialBegunSchema = z.object({ url: z.url() })

/** `POST /api/auth/sign-out`: this device, all others, or every one. */
export const signOutSchema = z.strictObject({ scope: z.enum(['local', 'others', 'global']) })

/** How one can sign in to the own account. */
export const addressesSchema = z.object({
  phone: z.string().nullable(),
  email: z.string().nullable(),
  providers: z.array(z.string()),
})
export type Addresses = z.infer<typeof addressesSchema>
