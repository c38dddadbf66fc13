import { beforeEach, describe, expect, it } from 'vitest'
import { type Actor, person, refusal, refused, service, sql } from './people.ts'

const newPhone = () => `34${Math.floor(600_000_000 + Math.random() * 99_999_999)}`
const newNetwork = () => `198.51.100.${crypto.randomUUID()}`

type Ask = { address?: string; network?: string; channel?: string; budget?: number | null }
const ask = ({ address = newPhone(), network = newNetwork(), channel = 'phone', budget = null }: Ask = {}) =>
  service.call('count_code', {
    p_channel: channel,
    p_address: address,
    p_network: network,
    p_texts_a_day: budget,
  })
/** Supabase Auth has sent it. */
const send = async (asked: Ask = {}) => {
  const { address = newPhone(), channel = 'phone' } = asked
  await ask({ ...asked, address })
  await service.call('count_sent_code', { p_channel: channel, p_address: address })
}
const attempt = (address: string, network = newNetwork()) =>
  service.call<{ triesLeft: number }>('count_code_try', { p_address: address, p_network: network })
const passAnHour = (address: string) =>
  sql`update private.rate_counters set window_started_at = window_started_at - interval '61 minutes'
    where subject = private.counted_subject(${address})`
const passAMinute = (address: string) =>
  sql`update private.rate_counters set window_started_at = window_started_at - interval '61 seconds'
    where subject = private.counted_subject(${address}) and kind = 'code_pause'`

describe('a code', () => {
  it('is asked for once a minute and six times an hour', async () => {
    const address = newPhone()
    await ask({ address })
    const { code, detail } = await refusal(ask({ address }))
    expect(code).toBe('rate_limited')
    expect(detail.retryAfterInMs).toBeGreaterThan(55_000)
    for (let i = 0; i < 5; i++) {
      await passAMinute(address)
      await ask({ address })
    }
    await passAMinute(address)
    expect(await refused(ask({ address }))).toBe('rate_limited')
    await passAnHour(address)
    await ask({ address })
  })

  it('is void after five tries, also when they are made at once (attack 54)', async () => {
    const address = newPhone()
    await ask({ address })
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => attempt(address)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    expect(await refused(attempt(address))).toBe('code_void')
    await passAMinute(address)
    await ask({ address })
    expect(await refused(attempt(address))).toBe('code_void')
    await passAMinute(address)
    await send({ address })
    expect(await attempt(address)).toEqual({ triesLeft: 4 })
  })

  it('that was not sent lets another be asked for at once, and leaves the last one void', async () => {
    const address = newPhone()
    await send({ address })
    for (let i = 0; i < 5; i++) await attempt(address)
    await service.call('forget_code_pause', { p_address: address })
    await ask({ address })
    expect(await refused(attempt(address))).toBe('code_void')
  })

  it('that was right takes its tries along', async () => {
    const address = newPhone()
    await ask({ address })
    for (let i = 0; i < 5; i++) await attempt(address)
    await service.call('forget_code_tries', { p_address: address })
    expect(await attempt(address)).toEqual({ triesLeft: 4 })
  })

  it('is asked for sixty times an hour from one network, whatever the number (attack 55)', async () => {
    const network = newNetwork()
    for (let i = 0; i < 60; i++)
      await ask({ network, channel: 'email', address: `${i}${network}@example.test` })
    expect(await refused(ask({ network }))).toBe('rate_limited')
  })

  it('is tried a hundred times an hour from one network', async () => {
    const network = newNetwork()
    for (let i = 0; i < 100; i++) await attempt(newPhone(), network)
    expect(await refused(attempt(newPhone(), network))).toBe('rate_limited')
  })

  it('by text message is within the budget of the day; by e-mail it costs nothing', async () => {
    const [row] = await sql<{ sent: number }[]>`
      select coalesce(sum(sent), 0)::int as sent from private.text_messages where day = (now() at time zone 'utc')::date`
    const budget = (row?.sent ?? 0) + 2
    await send({ budget })
    await ask({ budget })
    await send({ budget })
    expect(await refused(ask({ budget }))).toBe('texts_spent')
    await send({ budget, channel: 'email', address: `${crypto.randomUUID()}@example.test` })
    expect(await refused(ask({ budget: 0 }))).toBe('texts_spent')
    await ask()
  })

  it('is not counted by who asks for it', async () => {
    const ana = await person('Ana')
    for (const name of ['count_code_try', 'forget_code_tries', 'forget_code_pause'])
      expect(await refused(ana.call(name, { p_address: '34600111222' }))).toBe('42501')
  })
})

describe('devices', () => {
  let ana: Actor
  let ben: Actor
  beforeEach(async () => {
    ;[ana, ben] = await Promise.all([person('Ana'), person('Ben')])
    await sql`insert into auth.sessions (id, user_id, user_agent) values
      (gen_random_uuid(), ${ana.id}, 'Phone'), (gen_random_uuid(), ${ana.id}, 'Desktop'), (gen_random_uuid(), ${ben.id}, 'Other')`
  })
  const devices = (who: Actor) => who.call<{ id: string; userAgent: string }[]>('my_devices')

  it('are one’s own', async () => {
    expect((await devices(ana)).map(({ userAgent }) => userAgent).sort()).toEqual(['Desktop', 'Phone'])
  })

  it('are signed out one by one, by their owner', async () => {
    const [first] = await devices(ana)
    const p_session_id = first?.id
    expect(await refused(ben.call('sign_out_device', { p_session_id }))).toBe('not_found')
    await ana.call('sign_out_device', { p_session_id })
    expect(await devices(ana)).toHaveLength(1)
    expect(await devices(ben)).toHaveLength(1)
  })
})
