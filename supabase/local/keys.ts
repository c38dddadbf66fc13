import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { z } from 'zod'

const privateJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  alg: z.literal('ES256'),
  kid: z.string(),
  x: z.string(),
  y: z.string(),
  d: z.string(),
})

const keysFile = z.object({
  /** Signs the access tokens of people; its public half is in the JWKS. */
  accessTokenKey: privateJwk,
  /** Verifies the legacy API keys. */
  legacySecret: z.string(),
  publishableKey: z.string(),
  secretKey: z.string(),
  /** The API keys as projects had them until 2025: HS256 tokens that carry the role. */
  legacyAnonKey: z.string(),
  legacyServiceRoleKey: z.string(),
  /** Signs the addresses that the storage hands out. */
  storageSecret: z.string(),
})

export type Keys = z.infer<typeof keysFile>

/** The keys of this installation, made at its first start and kept in `<dataDir>/keys.json`. */
export async function loadKeys(dataDir: string): Promise<Keys> {
  const file = path.join(dataDir, 'keys.json')
  if (!existsSync(file)) {
    const unfinished = `${file}.unfinished`
    await writeFile(unfinished, JSON.stringify(await generateKeys(), null, 2), { mode: 0o600 })
    await rename(unfinished, file)
  }
  return keysFile.parse(JSON.parse(await readFile(file, 'utf8')))
}

async function generateKeys(): Promise<Keys> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(privateKey)
  const legacySecret = randomBytes(48).toString('base64url')
  return {
    accessTokenKey: privateJwk.parse({ ...jwk, alg: 'ES256', kid: crypto.randomUUID() }),
    legacySecret,
    publishableKey: `sb_publishable_${randomBytes(24).toString('base64url')}`,
    secretKey: `sb_secret_${randomBytes(24).toString('base64url')}`,
    legacyAnonKey: await legacyKey('anon', legacySecret),
    legacyServiceRoleKey: await legacyKey('service_role', legacySecret),
    storageSecret: randomBytes(48).toString('base64url'),
  }
}

function legacyKey(role: string, secret: string): Promise<string> {
  return new SignJWT({ role, iss: 'supabase' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime('10y')
    .sign(new TextEncoder().encode(secret))
}
