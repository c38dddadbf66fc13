import { Hono } from 'hono'
import { z } from 'zod'
import { createInbox } from '../../supabase/local/inbox/inbox.ts'

/** What Supabase Auth tells its hook "Send SMS". Phones come without a plus; `sms.phone` since version 2.180. */
const smsEvent = z.object({
  user: z.object({ phone: z.string().optional(), new_phone: z.string().optional() }),
  sms: z.object({ otp: z.string(), phone: z.string().optional() }),
})

/** What it tells its hook "Send Email". Of an address that changes there is one code, for the new one (`config.toml`). */
const emailEvent = z.object({
  user: z.object({ email: z.string().optional(), new_email: z.string().optional() }),
  email_data: z.object({
    token: z.string(),
    token_new: z.string().optional(),
    token_hash: z.string(),
    email_action_type: z.string(),
    redirect_to: z.string(),
  }),
})

/**
 * An inbox for a hosted project: takes its codes from Supabase Auth's hooks, in place of the phone and mail networks, and
 * gives them out in the form of the embedded inbox. Everything lies under a key, since whoever reads it can sign in.
 */
export function createHookInbox({ supabaseUrl, key }: { supabaseUrl: string; key: string }): Hono {
  const { deliver, routes } = createInbox()
  const app = new Hono()

  app.post(`/${key}/sms`, async (context) => {
    const { user, sms } = smsEvent.parse(await context.req.json())
    const phone = sms.phone || user.new_phone || user.phone || ''
    deliver({ channel: 'sms', to: `+${phone.replace('+', '')}`, body: sms.otp, code: sms.otp })
    return context.json({})
  })

  app.post(`/${key}/email`, async (context) => {
    const { user, email_data: email } = emailEvent.parse(await context.req.json())
    const isChange = email.email_action_type === 'email_change'
    const code = (isChange && email.token_new) || email.token
    const verify = new URLSearchParams({
      token: email.token_hash,
      type: email.email_action_type,
      redirect_to: email.redirect_to,
    })
    deliver({
      channel: 'email',
      to: (isChange && user.new_email) || user.email || '',
      subject: code,
      body: code,
      code,
      link: `${supabaseUrl}/auth/v1/verify?${verify}`,
    })
    return context.json({})
  })

  app.route(`/${key}`, routes)
  return app
}
