import { Hono } from 'hono'
import { inboxPage } from './page.ts'

/** A message that a real project would have sent by e-mail or text message. */
export type Message = {
  channel: 'email' | 'sms'
  to: string
  /** E-mails only. */
  subject?: string
  /** HTML in an e-mail, plain text in a text message. */
  body: string
  /** The code that proves the address is the reader's. */
  code: string
  /** Does the same as the code when it is opened; e-mails only. */
  link?: string
}

export type StoredMessage = Message & { id: number; sentAt: string }

export type Inbox = {
  deliver: (message: Message) => void
  /** `/` is a page for people, `/messages` the same as JSON, newest first. */
  routes: Hono
}

/** Older messages are forgotten: codes expire, and nobody reads a development inbox's history. */
const keptMessages = 200

/** The development inbox: stands in for the mail and phone networks, in memory only. */
export function createInbox(): Inbox {
  const messages: StoredMessage[] = []
  let nextId = 1
  const routes = new Hono()
  routes.get('/', (context) => context.html(inboxPage(messages)))
  routes.get('/messages', (context) => {
    const to = context.req.query('to')
    return context.json(messages.filter((message) => to === undefined || message.to === to))
  })
  return {
    deliver: (message) => {
      messages.unshift({ ...message, id: nextId++, sentAt: new Date().toISOString() })
      messages.length = Math.min(messages.length, keptMessages)
    },
    routes,
  }
}
