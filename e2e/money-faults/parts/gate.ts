import { once } from 'node:events'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

type Wanted = (request: { method: string; path: string; body: string }) => boolean

/** A request that is stopped on its way, so that something can happen at that very point. */
export type Held = {
  /** Resolves when it has come: `before` what is behind the gate hears of it, or `after` that has answered. */
  arrived: Promise<void>
  /** Breaks its line, whether it has come or not; nothing comes to be held any more. */
  letGo: () => void
}

/** A way to a server on which one request can be held. */
export type Gate = {
  url: string
  hold: (when: 'before' | 'after', isWanted: Wanted) => Held
  close: () => Promise<void>
}

type Holding = { when: 'before' | 'after'; isWanted: Wanted; stop: (response: ServerResponse) => void }

/** Opens a gate to `targetUrl`. What cannot be reached behind it is a broken line in front of it. */
export async function openGate(targetUrl: string): Promise<Gate> {
  const holdings = new Set<Holding>()
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: path = '' } = request
    const body = await buffer(request)
    const asked = { method, path, body: body.toString() }
    const holding = [...holdings].find(({ isWanted }) => isWanted(asked))
    // Once: a repeat passes.
    if (holding) holdings.delete(holding)
    if (holding?.when === 'before') return holding.stop(response)
    const forwarded = ask(targetUrl + path, { method, headers: request.headers, agent: false })
    forwarded.on('error', () => response.destroy())
    const answering = once(forwarded, 'response') as Promise<[IncomingMessage]>
    forwarded.end(body)
    const [answer] = await answering
    const answered = await buffer(answer)
    if (holding) return holding.stop(response)
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(answered)
  }
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (when, isWanted) => {
      const arrived = Promise.withResolvers<void>()
      let stopped: ServerResponse | undefined
      const holding: Holding = {
        when,
        isWanted,
        stop: (response) => {
          stopped = response
          arrived.resolve()
        },
      }
      holdings.add(holding)
      return {
        arrived: arrived.promise,
        letGo: () => {
          holdings.delete(holding)
          stopped?.destroy()
        },
      }
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
