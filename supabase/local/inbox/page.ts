import { html, raw } from 'hono/html'
import type { StoredMessage } from './inbox.ts'

const style = raw(`
  :root { color-scheme: dark; font: 16px/1.5 system-ui, sans-serif; background: #0e0f13; color: #e9e9ee }
  body { max-width: 44rem; margin: 3rem auto; padding: 0 1.25rem }
  h1 { font-size: 1.375rem; margin: 0 }
  p { margin: .25rem 0 2rem; color: #9a9cab }
  article { background: #17181f; border: 1px solid #262833; border-radius: 12px; padding: 1rem 1.25rem; margin: .75rem 0 }
  header { display: flex; justify-content: space-between; gap: 1rem; color: #9a9cab; font-size: .875rem }
  output { display: block; font: 600 1.875rem/1.3 ui-monospace, monospace; letter-spacing: .12em; margin: .375rem 0 }
  a { color: #8ab4ff; overflow-wrap: anywhere }
`)

/** Loads itself again every two seconds, but not while a text is being selected. */
const refresh = raw(`setInterval(() => { if (!String(getSelection())) location.reload() }, 2000)`)

/** The inbox for people: newest first, the code large. */
export function inboxPage(messages: StoredMessage[]) {
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Development inbox</title>
<style>${style}</style>
<h1>Development inbox</h1>
<p>E-mails and text messages that a real project would have sent. They are kept until the next restart.</p>
${messages.length === 0 ? html`<article>Nothing yet.</article>` : messages.map(messageCard)}
<script>${refresh}</script>
</html>`
}

function messageCard(message: StoredMessage) {
  const channel = message.channel === 'sms' ? 'Text message' : 'E-mail'
  return html`<article>
  <header><span>${channel} to <strong>${message.to}</strong></span><time>${message.sentAt.slice(11, 19)} UTC</time></header>
  ${message.subject ?? message.body}
  <output>${message.code}</output>
  ${message.link ? html`<a href="${message.link}">${message.link}</a>` : ''}
</article>`
}
