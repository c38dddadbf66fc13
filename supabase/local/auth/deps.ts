import type { Sql, TransactionSql } from 'postgres'
import type { Message } from '../inbox/inbox.ts'
import type { Tokens } from '../tokens.ts'
import type { Providers } from './providers.ts'
import type { RateLimit } from './rate-limit.ts'

export type AuthDeps = {
  sql: Sql
  tokens: Tokens
  /** Delivers an e-mail or text message. */
  send: (message: Message) => void
  /** Of the whole project, text messages. */
  textLimit: RateLimit
  /** By network address, codes and links tried. */
  verificationLimit: RateLimit
  /** The address of these routes from outside: the issuer of tokens and the start of links. */
  url: string
  /** Whether an e-mail address counts as proven without a code. Unsafe; suites written for `supabase start` want it. */
  autoConfirm: boolean
  /** The address of the app: where links lead that name no other. */
  siteUrl: string
  /** Of Cloudflare Turnstile; undefined where no captcha is asked for. */
  captchaSecret: string | undefined
  /** The OpenID providers that are switched on. */
  providers: Providers
}

/** A connection or a transaction. */
export type Db = Sql | TransactionSql
