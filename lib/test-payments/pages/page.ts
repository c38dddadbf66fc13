import { html, raw } from 'hono/html'

type Html = ReturnType<typeof html>

const style = raw(`
  :root { color-scheme: light dark; font: 18px/1.5 system-ui, sans-serif }
  body { max-width: 32rem; margin: 2rem auto; padding: 0 1.25rem }
  h1 { font-size: 1.25rem; border: 3px solid; padding: .5rem .75rem }
  button, a { display: block; width: 100%; box-sizing: border-box; padding: .75rem; margin: .75rem 0; font: inherit; text-align: center }
`)

/** A hosted page, headed with what it is: nobody should take it for a real one. */
export function page(title: string, body: Html) {
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${title} – Test payments: no money moves</title>
<style>${style}</style>
<main>
<h1>Test payments: no money moves</h1>
<h2>${title}</h2>
${body}
</main>
</html>`
}
