import * as openid from 'openid-client'
import { z } from 'zod'
import { AuthRefusal } from './errors.ts'
import type { Challenge } from './pkce.ts'
import type { ProviderSettings, Providers } from './providers.ts'

/** A sign-in that went to a provider and has not come back. */
type Flow = {
  provider: keyof Providers
  redirectTo: string
  challenge: Challenge
  /** The user whom the provider's account is to be linked to; null signs in. */
  linkTo: string | null
  verifier: string
  nonce: string
  endsAtInMs: number
}

/** Who somebody is at a provider. */
export type OpenIdPerson = {
  provider: keyof Providers
  subject: string
  email: string | null
  data: Record<string, string | boolean>
}

export type Returned = Pick<Flow, 'redirectTo' | 'challenge' | 'linkTo'>

const flowLivesInMs = 10 * 60_000
const flowsMax = 1_000

const claimsSchema = z.object({
  sub: z.string().min(1),
  email: z.email().optional(),
  email_verified: z.boolean().default(false),
  name: z.string().optional(),
  picture: z.string().optional(),
})

/**
 * Signs in at OpenID providers (OpenID Connect Core, 3.1; code flow with PKCE). What is under way is kept in memory: after
 * a restart one begins again.
 */
export function createOpenId(providers: Providers, callback: string) {
  const flows = new Map<string, Flow>()
  const configurations = new Map<string, Promise<openid.Configuration>>()

  const configurationOf = (provider: string): Promise<openid.Configuration> => {
    const settings = Object.entries(providers).find(([name]) => name === provider)?.[1]
    if (!settings) {
      throw new AuthRefusal(400, 'validation_failed', 'Unsupported provider: provider is not enabled')
    }
    const known = configurations.get(provider) ?? discover(settings)
    configurations.set(provider, known)
    // A provider that could not be reached is asked again.
    known.catch(() => configurations.delete(provider))
    return known
  }

  return {
    /** The address at the provider where the browser goes on. */
    async begin(wanted: Returned & { provider: string }): Promise<string> {
      const configuration = await configurationOf(wanted.provider)
      const state = openid.randomState()
      const nonce = openid.randomNonce()
      const verifier = openid.randomPKCECodeVerifier()
      const [oldest] = flows.keys()
      if (flows.size >= flowsMax && oldest) flows.delete(oldest)
      const provider = wanted.provider as keyof Providers
      flows.set(state, { ...wanted, provider, nonce, verifier, endsAtInMs: Date.now() + flowLivesInMs })
      return openid.buildAuthorizationUrl(configuration, {
        redirect_uri: callback,
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).href
    },

    /** What came back, for whom it was begun; each state is good for once. */
    take(state: string): Flow {
      const flow = flows.get(state)
      flows.delete(state)
      if (!flow || flow.endsAtInMs < Date.now()) {
        throw new AuthRefusal(400, 'bad_oauth_state', 'OAuth state is invalid or has expired')
      }
      return flow
    },

    /** Exchanges the provider's code for who it is; the ID token's signature, nonce and audience are checked. */
    async finish(flow: Flow, address: URL): Promise<OpenIdPerson> {
      const tokens = await openid.authorizationCodeGrant(await configurationOf(flow.provider), address, {
        pkceCodeVerifier: flow.verifier,
        expectedNonce: flow.nonce,
        expectedState: address.searchParams.get('state') ?? '',
      })
      const { sub, email, email_verified, name, picture } = claimsSchema.parse(tokens.claims())
      return {
        provider: flow.provider,
        subject: sub,
        email: email && email_verified ? email.toLowerCase() : null,
        data: {
          sub,
          provider_id: sub,
          email_verified,
          ...(email && { email }),
          ...(name && { name, full_name: name }),
          ...(picture && { picture, avatar_url: picture }),
        },
      }
    },
  }
}

export type OpenId = ReturnType<typeof createOpenId>

function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<openid.Configuration> {
  // Plain http is for a provider on this very machine.
  const isLocal = issuer.protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(issuer.hostname)
  return openid.discovery(issuer, clientId, clientSecret, undefined, {
    execute: isLocal ? [openid.allowInsecureRequests] : [],
  })
}
