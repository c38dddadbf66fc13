import type { RequestListener } from 'node:http'
import { NodeNextRequest, NodeNextResponse } from 'next/dist/server/base-http/node.js'
import { sendResponse } from 'next/dist/server/send-response.js'
import {
  NextRequestAdapter,
  signalFromNodeResponse,
} from 'next/dist/server/web/spec-extension/adapters/next-request.js'
import { expect, it } from 'vitest'
import { respondWithEvents, respondWithPoll } from './respond-on-web.ts'
import type { Streams } from './streams.ts'
import { describePolls } from './testing/poll-contract.ts'
import { describeEventStreams } from './testing/stream-contract.ts'
import { openStreamWorld } from './testing/stream-world.ts'

/** Web requests and responses on node:http, by what Next makes them with for its route handlers. */
const onWeb =
  (streams: () => Streams): RequestListener =>
  async (incoming, outgoing) => {
    const nodeRequest = new NodeNextRequest(incoming)
    const request = NextRequestAdapter.fromNodeNextRequest(nodeRequest, signalFromNodeResponse(outgoing))
    const [, , , id = '', kind] = request.nextUrl.pathname.split('/')
    const respond = kind === 'events' ? respondWithEvents : respondWithPoll
    await sendResponse(nodeRequest, new NodeNextResponse(outgoing), await respond(streams(), request, id))
  }

it('keeps no seat for whoever has gone before they were let in', async () => {
  const world = await openStreamWorld(onWeb)
  const gone = new AbortController()
  const { authorise } = world.streams
  const authoriseLate: Streams['authorise'] = async (...asked) => {
    const grant = await authorise(...asked)
    gone.abort()
    return grant
  }
  const headers = world.credentials(world.enter())
  const request = new Request(world.urlOf('events'), { headers, signal: gone.signal })
  const streams = { ...world.streams, authorise: authoriseLate }
  const response = await respondWithEvents(streams, request, world.session.id)
  expect(world.counts.readers).toBe(0)
  expect(await response.text()).not.toContain('event:')
  await world.close()
})

describeEventStreams('route handlers', onWeb)
describePolls('route handlers', onWeb)
