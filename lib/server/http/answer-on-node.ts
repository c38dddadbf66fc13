import type { IncomingMessage, ServerResponse } from 'node:http'

/** Answers on bare node:http, with the header that next.config.ts gives everything, as far as it means something for data. */
export function answerOnNode(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string,
): void {
  response.writeHead(status, {
    ...headers,
    'x-content-type-options': 'nosniff',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

/** Answers with what a route would refuse by. */
export async function answerRefusalOnNode(response: ServerResponse, refusal: Response): Promise<void> {
  answerOnNode(response, refusal.status, Object.fromEntries(refusal.headers), await refusal.text())
}

/** A request's headers, as routes read them. */
export function headersOf(request: IncomingMessage): { get: (name: string) => string | null } {
  return {
    get: (name) => {
      const value = request.headers[name]
      return (Array.isArray(value) ? value[0] : value) ?? null
    },
  }
}
