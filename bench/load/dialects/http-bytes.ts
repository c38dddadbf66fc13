/** The beginning of a request that reads; `accept` decides nothing on our servers, but browsers send it. */
export function getRequest(path: string, port: number, headers: Record<string, string | undefined>): string {
  const lines = Object.entries({ Host: `127.0.0.1:${port}`, ...headers })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\r\n`)
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
}

export type HttpHead = { status: number; text: string; length: number }

/** The head of a response (RFC 9112, section 2.1), null while it is not whole. */
export function readHead(bytes: Buffer): HttpHead | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return null
  const text = bytes.toString('latin1', 0, end).toLowerCase()
  return { status: Number(text.slice(9, 12)), text, length: end + 4 }
}

/**
 * Takes whole chunks off the front of a chunked body (RFC 9112, section 7.1).
 * @returns their contents and what is left; `ended` when the last chunk was seen.
 */
export function takeChunks(bytes: Buffer): { content: Buffer[]; rest: Buffer; ended: boolean } {
  const content: Buffer[] = []
  let rest = bytes
  for (;;) {
    const lineEnd = rest.indexOf('\r\n')
    if (lineEnd < 0) return { content, rest, ended: false }
    const size = Number.parseInt(rest.toString('latin1', 0, lineEnd), 16)
    const end = lineEnd + 2 + size
    if (rest.length < end + 2) return { content, rest, ended: false }
    const chunk = rest.subarray(lineEnd + 2, end)
    rest = rest.subarray(end + 2)
    if (size === 0) return { content, rest, ended: true }
    content.push(chunk)
  }
}
