import { Hono } from 'hono'
import { z } from 'zod'
import type { AuthDeps, Db } from '../deps.ts'
import { AuthRefusal, identityExists, validationFailed } from '../errors.ts'
import { codeChallenge } from '../fields.ts'
import type { OpenId, OpenIdPerson } from '../openid.ts'
import { beginFlow, issueAuthCode } from '../pkce.ts'
import { allowedRedirect } from '../redirects.ts'
import { requireSession, type SignedIn } from '../signed-in.ts'
import { createUser, findByEmail, getById, type User, updateUser, withProvider } from '../users.ts'

const query = z.object({
  provider: z.string(),
  redirect_to: z.string().optional(),
  skip_http_redirect: z.string().optional(),
  ...codeChallenge,
})

/** `GET /authorize`, `/user/identities/authorize` and `/callback`: sign-in and linking by an OpenID provider. */
export function openIdRoutes(deps: AuthDeps, openId: OpenId): Hono<SignedIn> {
  const routes = new Hono<SignedIn>()

  const begin = (given: Record<string, string>, linkTo: string | null) => {
    const wanted = query.safeParse(given)
    if (!wanted.success) throw validationFailed('Unsupported provider: missing provider')
    const { provider, redirect_to, ...challenge } = wanted.data
    if (!challenge.code_challenge) throw validationFailed('This stack signs in by providers with PKCE only')
    const redirectTo = allowedRedirect(redirect_to, deps.siteUrl)
    return openId.begin({ provider, redirectTo, challenge, linkTo })
  }

  routes.get('/authorize', async (context) => context.redirect(await begin(context.req.query(), null), 302))

  routes.use('/user/identities/authorize', requireSession(deps))
  routes.get('/user/identities/authorize', async (context) => {
    const url = await begin(context.req.query(), context.var.user.id)
    return context.req.query('skip_http_redirect') ? context.json({ url }) : context.redirect(url, 302)
  })

  routes.get('/callback', async (context) => {
    const flow = openId.take(context.req.query('state') ?? '')
    const target = new URL(flow.redirectTo)
    try {
      const refused = context.req.query('error')
      if (refused) throw new AuthRefusal(400, refused, context.req.query('error_description') ?? refused)
      const address = new URL(`${deps.url}/callback`)
      address.search = new URL(context.req.url).search
      const person = await openId.finish(flow, address)
      const code = await deps.sql.begin(async (db) => {
        const user = flow.linkTo ? await link(db, flow.linkTo, person) : await signIn(db, person)
        await beginFlow(db, user.id, flow.challenge, 'oauth')
        return issueAuthCode(db, user.id)
      })
      target.searchParams.set('code', code)
    } catch (error) {
      const refusal =
        error instanceof AuthRefusal ? error : new AuthRefusal(500, 'unexpected_failure', 'Unable to sign in')
      if (refusal !== error) console.error(`auth: ${error instanceof Error ? error.message : error}`)
      const reason = {
        error: refusal.status >= 500 ? 'server_error' : 'access_denied',
        error_code: refusal.code,
        error_description: refusal.message,
      }
      for (const [name, value] of Object.entries(reason)) target.searchParams.set(name, value)
    }
    return context.redirect(target.toString(), 302)
  })
  return routes
}

/** The user whose identity it is; one with the same proven e-mail address gets it, else a new user is made. */
async function signIn(db: Db, person: OpenIdPerson): Promise<User> {
  const known = await ownerOf(db, person)
  if (known) {
    await db`
      update auth.identities set last_sign_in_at = now(), identity_data = ${db.json(person.data)}
      where provider = ${person.provider} and provider_id = ${person.subject}`
    return getById(db, known)
  }
  const sameAddress = person.email ? await findByEmail(db, person.email) : undefined
  if (sameAddress?.email_confirmed_at) return addIdentity(db, sameAddress, person)
  const user = await createUser(db, { userMetadata: person.data })
  return addIdentity(db, user, person)
}

/** Gives a signed-in user the identity; a guest who gets one is a guest no longer. */
async function link(db: Db, userId: string, person: OpenIdPerson): Promise<User> {
  const owner = await ownerOf(db, person)
  if (owner) throw identityExists()
  return addIdentity(db, await getById(db, userId), person)
}

async function ownerOf(db: Db, { provider, subject }: OpenIdPerson): Promise<string | undefined> {
  const [row] = await db<{ user_id: string }[]>`
    select user_id from auth.identities where provider = ${provider} and provider_id = ${subject}`
  return row?.user_id
}

async function addIdentity(db: Db, user: User, person: OpenIdPerson): Promise<User> {
  await db`
    insert into auth.identities (provider, provider_id, user_id, identity_data, last_sign_in_at)
    values (${person.provider}, ${person.subject}, ${user.id}, ${db.json(person.data)}, now())`
  const isFree = person.email !== null && !user.email && !(await findByEmail(db, person.email))
  return updateUser(db, user.id, {
    is_anonymous: false,
    ...(isFree && { email: person.email, email_confirmed_at: new Date() }),
    raw_app_meta_data: withProvider(user.raw_app_meta_data, person.provider),
  })
}
