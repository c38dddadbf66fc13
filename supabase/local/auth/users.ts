import type { Db } from './deps.ts'
import { emailExists, phoneExists, userNotFound } from './errors.ts'
import type { Metadata } from './fields.ts'

/** A row of auth.users, as far as these routes use it. */
export type User = {
  id: string
  aud: string
  role: string
  email: string | null
  phone: string | null
  email_confirmed_at: Date | null
  phone_confirmed_at: Date | null
  confirmed_at: Date | null
  confirmation_sent_at: Date | null
  recovery_sent_at: Date | null
  email_change: string | null
  email_change_sent_at: Date | null
  phone_change: string | null
  phone_change_sent_at: Date | null
  last_sign_in_at: Date | null
  raw_app_meta_data: Metadata
  raw_user_meta_data: Metadata
  banned_until: Date | null
  is_anonymous: boolean
  created_at: Date
  updated_at: Date
}

export type NewUser = {
  id?: string
  email?: string
  phone?: string
  /** In clear; the database hashes it. */
  password?: string
  role?: string
  emailConfirmed?: boolean
  phoneConfirmed?: boolean
  anonymous?: boolean
  userMetadata?: Metadata
  appMetadata?: Metadata
}

/** Adds a user, with an identity for each address. Refuses an address that somebody else has. */
export async function createUser(db: Db, user: NewUser): Promise<User> {
  if (user.email && (await findByEmail(db, user.email))) throw emailExists()
  if (user.phone && (await findByPhone(db, user.phone))) throw phoneExists()
  const now = new Date()
  const [row] = await db<User[]>`
    insert into auth.users ${db({
      id: user.id ?? crypto.randomUUID(),
      instance_id: '00000000-0000-0000-0000-000000000000',
      aud: 'authenticated',
      role: user.role ?? 'authenticated',
      email: user.email ?? null,
      phone: user.phone ?? null,
      email_confirmed_at: user.emailConfirmed ? now : null,
      phone_confirmed_at: user.phoneConfirmed ? now : null,
      is_anonymous: user.anonymous ?? false,
      raw_user_meta_data: db.json(user.userMetadata ?? {}),
      raw_app_meta_data: db.json({ ...providers(user), ...user.appMetadata }),
    })} returning *`
  if (!row) throw userNotFound()
  if (user.password) await setPassword(db, row.id, user.password)
  if (user.email) await linkIdentity(db, row.id, 'email', user.email)
  if (user.phone) await linkIdentity(db, row.id, 'phone', user.phone)
  return row
}

/** What `app_metadata` says of how a person signs in. */
export function providers(has: { email?: string | null; phone?: string | null }): Metadata {
  const list = [...(has.email ? ['email'] : []), ...(has.phone ? ['phone'] : [])]
  return list[0] ? { provider: list[0], providers: list } : {}
}

/** The same once somebody signs in in one more way. */
export function withProvider(metadata: Metadata, provider: string): Metadata {
  const known = Array.isArray(metadata.providers) ? metadata.providers : []
  const list = [...known.filter((name) => name !== provider), provider]
  return { ...metadata, provider: metadata.provider ?? provider, providers: list }
}

export async function linkIdentity(
  db: Db,
  userId: string,
  provider: 'email' | 'phone',
  address: string,
): Promise<void> {
  const data = { sub: userId, [provider]: address, email_verified: false, phone_verified: false }
  await db`delete from auth.identities where user_id = ${userId} and provider = ${provider}`
  await db`
    insert into auth.identities (provider, provider_id, user_id, identity_data, last_sign_in_at)
    values (${provider}, ${userId}, ${userId}, ${db.json(data)}, now())`
}

export async function findById(db: Db, id: string): Promise<User | undefined> {
  const [row] = await db<User[]>`select * from auth.users where id = ${id} and deleted_at is null`
  return row
}

export async function findByEmail(db: Db, email: string): Promise<User | undefined> {
  const [row] = await db<User[]>`select * from auth.users where email = ${email} and not is_sso_user`
  return row
}

export async function findByPhone(db: Db, phone: string): Promise<User | undefined> {
  const [row] = await db<User[]>`select * from auth.users where phone = ${phone}`
  return row
}

export async function getById(db: Db, id: string): Promise<User> {
  const user = await findById(db, id)
  if (!user) throw userNotFound()
  return user
}

/** Changes columns of a user. */
export async function updateUser(
  db: Db,
  id: string,
  { raw_app_meta_data, raw_user_meta_data, ...columns }: Partial<Omit<User, 'id'>>,
): Promise<User> {
  const changes = {
    ...columns,
    ...(raw_app_meta_data && { raw_app_meta_data: db.json(raw_app_meta_data) }),
    ...(raw_user_meta_data && { raw_user_meta_data: db.json(raw_user_meta_data) }),
    updated_at: new Date(),
  }
  const [row] = await db<User[]>`update auth.users set ${db(changes)} where id = ${id} returning *`
  if (!row) throw userNotFound()
  return row
}

/** bcrypt in the database, as seeds with `crypt(..., gen_salt('bf'))` have it. */
export async function setPassword(db: Db, id: string, password: string): Promise<void> {
  await db`
    update auth.users set encrypted_password = extensions.crypt(${password}, extensions.gen_salt('bf', 8)), updated_at = now()
    where id = ${id}`
}

export async function clearPassword(db: Db, id: string): Promise<void> {
  await db`update auth.users set encrypted_password = null where id = ${id}`
}

export async function passwordMatches(db: Db, id: string, password: string): Promise<boolean> {
  const [row] = await db<{ matches: boolean | null }[]>`
    select encrypted_password = extensions.crypt(${password}, encrypted_password) as matches
    from auth.users where id = ${id} and encrypted_password <> ''`
  return row?.matches === true
}
