import { connect } from 'node:net'
import { signEveryInMs } from '#lib/protocol/signs-of-life.ts'
import { asBrowser } from './join.ts'

type Present = { port: number; sessionId: string; hereCount: number; cookies: readonly string[] }

/**
 * Lets readers say that they are here as often as the page does. The requests are a browser's, one after the other on one
 * connection and never waited for (pipelining, RFC 9112, 9.3.2): what they cost the server is measured, not what a client
 * of Node's would take. `onError`: one was refused, or none arrive any more.
 */
export function giveSigns(
  { port, sessionId, hereCount, cookies }: Present,
  onError: () => void,
): { close: () => void } {
  const everyInMs = signEveryInMs(hereCount)
  const requests = cookies.map((cookie) => Buffer.from(signOf(port, sessionId, cookie, everyInMs)))
  let next = 0
  let isClosing = false

  const socket = connect({ host: '127.0.0.1', port, noDelay: true })
  socket.on('error', () => !isClosing && onError())
  socket.on('data', (bytes) => {
    if (/HTTP\/1\.1 [^2]\d\d/.test(bytes.toString('latin1'))) onError()
  })
  const timer = setInterval(() => {
    const share = Math.ceil(requests.length / (everyInMs / 1000))
    for (let i = 0; i < share; i++) socket.write(requests[next++ % requests.length] ?? '')
  }, 1000)
  return {
    close: () => {
      isClosing = true
      clearInterval(timer)
      socket.destroy()
    },
  }
}

function signOf(port: number, sessionId: string, cookie: string, everyInMs: number): string {
  const body = JSON.stringify({ everyInMs, asksForSilent: false })
  const headers = {
    host: `127.0.0.1:${port}`,
    ...asBrowser(port, cookie),
    'content-type': 'application/json',
    'content-length': String(body.length),
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST /api/sessions/${sessionId}/here HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}
