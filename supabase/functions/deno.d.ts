/** What the functions and their tests use of Deno (docs.deno.com/api/deno). */
declare namespace Deno {
  type Handler = (request: Request) => Response | Promise<Response>
  type ServeOptions = { hostname: string; port: number; onListen: (address: { port: number }) => void }

  const args: string[]
  const env: { toObject: () => Record<string, string> }
  const stdin: { readable: AsyncIterable<Uint8Array> }
  let serve: (handlerOrOptions: Handler | ServeOptions, handler?: Handler) => void
  function exit(): never
}
