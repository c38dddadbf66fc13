import { expect, it } from 'vitest'
import { createPushHostCheck } from './push-hosts.ts'

it.each([
  'https://fcm.googleapis.com/fcm/send/abc',
  'https://updates.push.services.mozilla.com/wpush/v2/abc',
  'https://web.push.apple.com/abc',
  'https://wns2-db5p.notify.windows.com/w/?token=abc',
])('sends to %s', (address) => {
  expect(createPushHostCheck()(address)).toBe(true)
})

it.each([
  'http://fcm.googleapis.com/fcm/send/abc',
  'https://fcm.googleapis.com:8443/fcm/send/abc',
  'https://fcm.googleapis.com@10.0.0.1/',
  'https://you:secret@fcm.googleapis.com/',
  'https://fcm.googleapis.com.evil.example/',
  'https://evilfcm.googleapis.com/',
  'https://push.apple.com.evil.example/',
  'https://notpush.apple.com/',
  'https://localhost/',
  'http://127.0.0.1:54321/rest/v1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://[::1]/',
  'file:///etc/passwd',
  'nonsense',
])('does not send to %s', (address) => {
  expect(createPushHostCheck()(address)).toBe(false)
})

it('sends to what the operator added, and to nothing beside it', () => {
  const mayBeSentTo = createPushHostCheck(['push.example.org', '*.example.net', 'http://localhost:9090'])
  expect(mayBeSentTo('https://push.example.org/a')).toBe(true)
  expect(mayBeSentTo('https://eu.example.net/a')).toBe(true)
  expect(mayBeSentTo('http://localhost:9090/a')).toBe(true)
  expect(mayBeSentTo('http://push.example.org/a')).toBe(false)
  expect(mayBeSentTo('https://example.net/a')).toBe(false)
  expect(mayBeSentTo('http://localhost:9091/a')).toBe(false)
  expect(mayBeSentTo('https://localhost/a')).toBe(false)
})
