import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import type { checkCodeSchema, signedInSchema } from '#lib/protocol/sign-in.ts'
import { callFunction, toCodedError } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'
import type { CodeDeps } from './ask-code.ts'
import { authErrorToCoded } from './auth-error.ts'
import { replaceSession } from './replace-session.ts'

const triesSchema = z.object({ triesLeft: z.number() })
const nothing = z.object({})

/**
 * Checks a code: it signs in, or adds the address to the account. Each try is counted before it is made.
 * @throws CodedError
 */
export async function checkCode(
  { db, service, network }: Pick<CodeDeps, 'db' | 'service' | 'network'>,
  { to: { channel, address }, purpose, code }: z.infer<typeof checkCodeSchema>,
): Promise<z.infer<typeof signedInSchema>> {
  await callFunction(service, 'count_code_try', { p_address: address, p_network: network }, triesSchema)
  const { data, error } = await replaceSession(db, () =>
    db.auth.verifyOtp(
      channel === 'phone'
        ? { phone: address, token: code, type: purpose === 'add' ? 'phone_change' : 'sms' }
        : { email: address, token: code, type: purpose === 'add' ? 'email_change' : 'email' },
    ),
  )
  if (error) throw authErrorToCoded(error)
  if (!data.user) throw new CodedError('code_wrong')
  await callFunction(service, 'forget_code_tries', { p_address: address }, nothing)
  return { userId: data.user.id, needsName: await needsName(service, data.user.id) }
}

/** Whether somebody still has the name that was made up with the account (`make_profile`). */
async function needsName(service: Db, userId: string): Promise<boolean> {
  const { data, error } = await service.from('profiles').select('display_name').eq('id', userId).maybeSingle()
  if (error) throw toCodedError(error)
  return data === null || /^♪ \d{4}$/.test(data.display_name)
}
