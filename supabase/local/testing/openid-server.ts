import { once } from 'node:events'
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'
import { listen } from '../ports.ts'

export type OpenIdServer = {
  issuer: string
  clientId: string
  clientSecret: string
  stop: () => Promise<void>
}

/**
 * An OpenID provider on this machine: whoever types a name at its sign-in page is that person, with the address
 * `<name>@openid.test`. `callback` is where Supabase Auth waits for who comes back.
 */
export async function startOpenIdServer({
  port = 0,
  callback,
}: {
  port?: number
  callback: string
}): Promise<OpenIdServer> {
  const server = createServer()
  const issuer = `http://127.0.0.1:${await listen(server, port, '127.0.0.1')}`
  const [clientId, clientSecret] = ['whatssound', 'a-secret-for-tests-alone']
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [callback] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    // Google puts them into the ID token too.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ['a-key-for-tests-alone'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: id,
        email: `${id.toLowerCase()}@openid.test`,
        email_verified: true,
      }),
    }),
  })
  server.on('request', provider.callback())
  return {
    issuer,
    clientId,
    clientSecret,
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
