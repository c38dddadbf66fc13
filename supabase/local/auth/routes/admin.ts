import { Hono } from 'hono'
import { z } from 'zod'
import type { Identified } from '../../identify.ts'
import type { AuthDeps, Db } from '../deps.ts'
import { AuthRefusal, userNotFound } from '../errors.ts'
import { email, metadata, parseBody, password, phone } from '../fields.ts'
import { linkFor, openCode } from '../one-time-codes.ts'
import { presentUser } from '../present.ts'
import { allowedRedirect } from '../redirects.ts'
import {
  createUser,
  findByEmail,
  getById,
  linkIdentity,
  setPassword,
  type User,
  updateUser,
} from '../users.ts'
import { mergeMetadata } from './user.ts'

const body = z.object({
  id: z.uuid().optional(),
  email,
  phone,
  password,
  role: z.string().optional(),
  email_confirm: z.boolean().optional(),
  phone_confirm: z.boolean().optional(),
  user_metadata: metadata,
  app_metadata: metadata,
  ban_duration: z.string().optional(),
})
const linkBody = z.object({
  type: z.enum(['signup', 'magiclink', 'invite', 'recovery']),
  email: z.email(),
  password,
  data: metadata,
  redirect_to: z.string().optional(),
})
const deleteBody = z.object({ should_soft_delete: z.boolean().default(false) })

/** `/admin/...`: accounts, for holders of the secret key. */
export function adminRoutes(deps: AuthDeps): Hono<Identified> {
  const routes = new Hono<Identified>()
  const { sql } = deps

  routes.use('/admin/*', async (context, next) => {
    if (context.var.claims.role !== 'service_role')
      throw new AuthRefusal(403, 'not_admin', 'User not allowed')
    await next()
  })

  routes.get('/admin/users', async (context) => {
    const page = positive(context.req.query('page'), 1)
    const perPage = positive(context.req.query('per_page'), 50)
    const [total] = await sql<{ count: number }[]>`select count(*)::int as count from auth.users`
    const rows = await sql<User[]>`
      select * from auth.users order by created_at desc, id limit ${perPage} offset ${(page - 1) * perPage}`
    const count = total?.count ?? 0
    const last = Math.max(1, Math.ceil(count / perPage))
    const next =
      page < last ? `<${deps.url}/admin/users?page=${page + 1}&per_page=${perPage}>; rel="next", ` : ''
    context.header('X-Total-Count', String(count))
    context.header('Link', `${next}<${deps.url}/admin/users?page=${last}&per_page=${perPage}>; rel="last"`)
    const users = await Promise.all(rows.map((row) => presentUser(sql, row)))
    return context.json({ users, aud: 'authenticated' })
  })

  routes.post('/admin/users', async (context) => {
    const wanted = await parseBody(context.req, body)
    const created = await sql.begin(async (db) => {
      const user = await createUser(db, {
        ...wanted,
        emailConfirmed: wanted.email_confirm,
        phoneConfirmed: wanted.phone_confirm,
        userMetadata: wanted.user_metadata,
        appMetadata: wanted.app_metadata,
      })
      return presentUser(db, await applyBan(db, user, wanted.ban_duration))
    })
    return context.json(created)
  })

  routes.get('/admin/users/:id', async (context) =>
    context.json(await presentUser(sql, await getById(sql, userId(context.req.param('id'))))),
  )

  routes.put('/admin/users/:id', async (context) => {
    const id = userId(context.req.param('id'))
    const wanted = await parseBody(context.req, body)
    const changed = await sql.begin(async (db) => {
      const user = await getById(db, id)
      const changes: Partial<User> = {}
      if (wanted.role) changes.role = wanted.role
      if (wanted.user_metadata)
        changes.raw_user_meta_data = mergeMetadata(user.raw_user_meta_data, wanted.user_metadata)
      if (wanted.app_metadata)
        changes.raw_app_meta_data = mergeMetadata(user.raw_app_meta_data, wanted.app_metadata)
      if (wanted.email) {
        changes.email = wanted.email
        await linkIdentity(db, id, 'email', wanted.email)
      }
      if (wanted.phone) {
        changes.phone = wanted.phone
        await linkIdentity(db, id, 'phone', wanted.phone)
      }
      if (wanted.email_confirm) changes.email_confirmed_at = new Date()
      if (wanted.phone_confirm) changes.phone_confirmed_at = new Date()
      if (wanted.password) await setPassword(db, id, wanted.password)
      return presentUser(db, await applyBan(db, await updateUser(db, id, changes), wanted.ban_duration))
    })
    return context.json(changed)
  })

  routes.delete('/admin/users/:id', async (context) => {
    const id = userId(context.req.param('id'))
    const { should_soft_delete: soft } = await parseBody(context.req, deleteBody)
    const deleted = soft
      ? await sql`update auth.users set deleted_at = now(), email = null, phone = null where id = ${id} returning id`
      : await sql`delete from auth.users where id = ${id} returning id`
    if (deleted.length === 0) throw userNotFound()
    await sql`delete from auth.sessions where user_id = ${id}`
    return context.json({})
  })

  routes.post('/admin/generate_link', async (context) => {
    const wanted = await parseBody(context.req, linkBody)
    const purpose = wanted.type === 'recovery' ? 'recovery' : 'email'
    const redirectTo = allowedRedirect(wanted.redirect_to, deps.siteUrl)
    const address = wanted.email.toLowerCase()
    const link = await sql.begin(async (db) => {
      const user =
        (await findByEmail(db, address)) ??
        (await createUser(db, { email: address, password: wanted.password, userMetadata: wanted.data }))
      const sending = { purpose, address, redirectTo } as const
      const { digits, hash } = await openCode(db, user.id, sending)
      return {
        ...(await presentUser(db, user)),
        action_link: linkFor(deps, hash, sending),
        email_otp: digits,
        hashed_token: hash,
        redirect_to: redirectTo,
        verification_type: wanted.type,
      }
    })
    return context.json(link)
  })
  return routes
}

function userId(text: string): string {
  if (!z.uuid().safeParse(text).success)
    throw new AuthRefusal(404, 'validation_failed', 'user_id must be an UUID')
  return text
}

/** `24h`, `1h30m`, or `none` to lift a ban. PostgreSQL reads such durations itself. */
async function applyBan(db: Db, user: User, duration: string | undefined): Promise<User> {
  if (duration === undefined) return user
  if (duration === 'none') return updateUser(db, user.id, { banned_until: null })
  const [until] = await db<{ at: Date }[]>`select now() + ${duration}::interval as at`
  return updateUser(db, user.id, { banned_until: until?.at ?? null })
}

function positive(text: string | undefined, otherwise: number): number {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 ? number : otherwise
}
