type Page = { address: string; text: string }

/**
 * A browser as far as a sign-in page needs one: follows redirects, keeps cookies, sends forms. It stops at the first
 * address that begins with `until`, without asking for it.
 */
export function createBrowser(until: string) {
  const cookies = new Map<string, string>()

  async function open(address: string, form?: Record<string, string>): Promise<Page> {
    if (address.startsWith(until)) return { address, text: '' }
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const [name = '', ...value] = pair.split('=')
      cookies.set(name, value.join('='))
    }
    const location = response.headers.get('location')
    if (location) return open(new URL(location, address).href)
    return { address, text: await response.text() }
  }

  return { open }
}

/** Signs in at the OpenID provider as the person of this name; answers the address that the browser is sent back to. */
export async function signInAtProvider(url: string, name: string, until: string): Promise<URL> {
  const browser = createBrowser(until)
  let page = await browser.open(url)
  const forms: Record<string, string>[] = [
    { prompt: 'login', login: name, password: 'any' },
    { prompt: 'consent' },
  ]
  for (const form of forms) {
    if (page.address.startsWith(until)) break
    const action = /action="([^"]+)"/.exec(page.text)?.[1]
    if (!action) throw new Error(`no form at ${page.address}: ${page.text.slice(0, 200)}`)
    page = await browser.open(new URL(action, page.address).href, form)
  }
  return new URL(page.address)
}
