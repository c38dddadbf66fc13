import { expect, test } from 'vitest'
import { notificationSchema, peopleOf } from './notification.ts'

const [ana, ben] = ['5b1c9a52-0000-4000-8000-00000000000a', '5b1c9a52-0000-4000-8000-00000000000b']
const people = (event: object) =>
  peopleOf(notificationSchema.parse({ event: { id: 'one', type: 'RENEWAL', ...event } }).event)

test('a notification is about whoever goes by one of its ids, each once', () => {
  expect(people({ app_user_id: ana, original_app_user_id: ana, aliases: [ana, '$RCAnonymousID:1'] })).toEqual(
    [ana],
  )
  expect(people({ app_user_id: '$RCAnonymousID:1', aliases: [ben] })).toEqual([ben])
})

test('a transfer is about both sides', () => {
  const transfer = { type: 'TRANSFER', transferred_from: ['$RCAnonymousID:1', ana], transferred_to: [ben] }
  expect(people(transfer)).toEqual([ana, ben])
})

test('what is spelled otherwise is another customer, and no id of ours', () => {
  const ids = [ana?.toUpperCase(), ` ${ana}`, `${ana}/../${ben}`, '', '{}']
  expect(people({ aliases: ids })).toEqual([])
  expect(people({ app_user_id: null })).toEqual([])
})
