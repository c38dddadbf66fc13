import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import { localeSchema } from '#lib/protocol/profile.ts'
import type { checkCodeSchema, SignedIn } from '#lib/protocol/sign-in.ts'
import { callFunction, toCodedError } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'
import type { CodeDeps } from './ask-code.ts'
import { authErrorToCoded } from './auth-error.ts'
import { replaceSession } from './replace-session.ts'

const triesSchema = z.object({ triesLeft: z.number() })
const nothing = z.object({})

/** The language chosen by hand comes along, for this browser to speak it. */
type Checked = SignedIn & { locale: z.infer<typeof localeSchema> | null }

/**
 * Checks a code: it signs in, or adds the address to the account. Each try is counted before it is made.
 * @throws CodedError
 */
export async function checkCode(
  { db, service, network }: Pick<CodeDeps, 'db' | 'service' | 'network'>,
  { to: { channel, address }, purpose, code }: z.infer<typeof checkCodeSchema>,
): Promise<Checked> {
  await callFunction(service, 'count_code_try', { p_address: address, p_network: network }, triesSchema)
  const isAdded = purpose === 'add'
  const verify = () =>
    db.auth.verifyOtp(
      channel === 'phone'
        ? { phone: address, token: code, type: isAdded ? 'phone_change' : 'sms' }
        : { email: address, token: code, type: isAdded ? 'email_change' : 'email' },
    )
  const { data, error } = await (isAdded ? replaceSession(db, verify) : verify())
  if (error) throw authErrorToCoded(error)
  if (!data.user) throw new CodedError('code_wrong')
  const [profile] = await Promise.all([
    loadProfile(service, data.user.id),
    callFunction(service, 'forget_code_tries', { p_address: address }, nothing),
  ])
  return { userId: data.user.id, ...profile }
}

/** The name that is made up with an account (`make_profile`) is none of its person's. */
const madeUpName = /^♪ \d{4}$/

async function loadProfile(service: Db, userId: string): Promise<Omit<Checked, 'userId'>> {
  const { data, error } = await service
    .from('profiles')
    .select('display_name, locale')
    .eq('id', userId)
    .maybeSingle()
  if (error) throw toCodedError(error)
  return {
    needsName: data === null || madeUpName.test(data.display_name),
    locale: localeSchema.safeParse(data?.locale).data ?? null,
  }
}
