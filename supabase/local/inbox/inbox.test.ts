import { expect, test } from 'vitest'
import { createInbox } from './inbox.ts'

test('shows the newest message first, to people and to programs', async () => {
  const inbox = createInbox()
  inbox.deliver({ channel: 'sms', to: '+34600111222', body: 'Your code: 111111', code: '111111' })
  inbox.deliver({
    channel: 'email',
    to: 'a@example.com',
    subject: 'Hello',
    body: '<p>222222</p>',
    code: '222222',
    link: 'http://x/y?a=1&b=2',
  })
  const messages = await (await inbox.routes.request('/messages')).json()
  expect(messages).toMatchObject([{ code: '222222' }, { code: '111111' }])
  const page = await (await inbox.routes.request('/')).text()
  expect(page.indexOf('222222')).toBeLessThan(page.indexOf('111111'))
})

test('can be asked for one address', async () => {
  const inbox = createInbox()
  inbox.deliver({ channel: 'sms', to: '+1', body: '', code: '1' })
  inbox.deliver({ channel: 'sms', to: '+2', body: '', code: '2' })
  expect(await (await inbox.routes.request('/messages?to=%2B1')).json()).toMatchObject([{ code: '1' }])
})

test('shows what people typed as text', async () => {
  const inbox = createInbox()
  inbox.deliver({
    channel: 'email',
    to: '<img src=x onerror=alert(1)>',
    subject: '',
    body: '',
    code: '1',
    link: 'http://"onclick="x',
  })
  const page = await (await inbox.routes.request('/')).text()
  expect(page).not.toContain('<img')
  expect(page).not.toContain('"onclick="')
})
