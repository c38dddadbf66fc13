import { expect, it } from 'vitest'
import type { ClaimedNotification } from './claimed-notification.ts'
import { describeNotification } from './describe-notification.ts'

const tip = (payload: Partial<Extract<ClaimedNotification, { kind: 'tip_received' }>['payload']> = {}) =>
  ({
    ...{ id: crypto.randomUUID(), attempt: 1, kind: 'tip_received', topic: 'tip_received:dj' },
    ...{ expiresAtInMs: 0, devices: [] },
    payload: { amount: 550, currency: 'eur', name: 'Ana', title: 'Noche', ...payload },
  }) satisfies ClaimedNotification

it('says who tipped how much, and leads to what one received', () => {
  expect(describeNotification(tip(), 'en')).toMatchObject({
    title: 'Ana tipped you €5.50',
    body: 'Noche',
    path: '/studio/tips',
    topic: 'tip_received:dj',
  })
})

it('names nobody who does not want it, and no session that is gone', () => {
  const { title, body } = describeNotification(tip({ name: null, title: null, amount: 500 }), 'es')
  expect(title.replaceAll('\u00a0', ' ')).toBe('Alguien te ha dado 5 € de propina')
  expect(body).toBe('Después de una sesión')
})
