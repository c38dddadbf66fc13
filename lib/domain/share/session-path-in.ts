const addressPattern = /https?:\/\/[^\s<>"]+/g
const sessionPattern = /^\/s\/[a-z0-9-]{8,40}$/

/**
 * The path of the first session of this app that is named in texts (with its invitation, where it has one), or null.
 * Phones put a link now into the address, now among the words.
 */
export function sessionPathIn(texts: readonly string[], origin: string): string | null {
  for (const [address] of texts.flatMap((text) => [...text.matchAll(addressPattern)])) {
    if (!address.startsWith(`${origin}/`)) continue
    const [path = '', query = ''] = address.slice(origin.length).replace(/#.*$/, '').split('?')
    if (!sessionPattern.test(path)) continue
    const invitation = /(?:^|&)(invitation=\w{1,100})(?:&|$)/.exec(query)?.[1]
    return invitation ? `${path}?${invitation}` : path
  }
  return null
}
