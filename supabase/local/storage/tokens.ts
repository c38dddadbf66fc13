import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { invalidToken } from './errors.ts'

const readToken = z.object({ use: z.literal('read'), url: z.string() })
const uploadToken = z.object({
  use: z.literal('upload'),
  url: z.string(),
  upsert: z.boolean(),
  claims: z.looseObject({ role: z.string(), sub: z.string().optional() }),
})

export type ReadToken = z.infer<typeof readToken>
/** `claims` are those of whoever asked for the address: the object will be theirs. */
export type UploadToken = z.infer<typeof uploadToken>

/** Makes and reads the tokens of signed addresses. `url` in a token is `<bucket>/<key>`. */
export function createTokens(signingKey: Uint8Array) {
  const sign = (payload: ReadToken | UploadToken, expiresInSeconds: number) =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + expiresInSeconds)
      .sign(signingKey)

  async function read<T extends { url: string }>(
    schema: z.ZodType<T>,
    token: string | undefined,
    url: string,
  ) {
    if (!token) throw invalidToken('The address lacks its token')
    const payload = await jwtVerify(token, signingKey, { algorithms: ['HS256'] }).then(
      (verified) => verified.payload,
      (error: unknown) => {
        throw invalidToken(
          error instanceof errors.JWTExpired ? '"exp" claim timestamp check failed' : 'Invalid signature',
        )
      },
    )
    const parsed = schema.safeParse(payload)
    if (!parsed.success || parsed.data.url !== url) throw invalidToken('The token is for another address')
    return parsed.data
  }

  return {
    sign,
    verifyRead: (token: string | undefined, url: string) => read(readToken, token, url),
    verifyUpload: (token: string | undefined, url: string) => read(uploadToken, token, url),
  }
}

export type Tokens = ReturnType<typeof createTokens>
