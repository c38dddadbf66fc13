import type { RequestListener } from 'node:http'
import { NodeNextRequest, NodeNextResponse } from 'next/dist/server/base-http/node.js'
import { sendResponse } from 'next/dist/server/send-response.js'
import {
  NextRequestAdapter,
  signalFromNodeResponse,
} from 'next/dist/server/web/spec-extension/adapters/next-request.js'
import { respondWithEvents, respondWithPoll } from './respond-on-web.ts'
import type { Streams } from './streams.ts'
import { describePolls } from './testing/poll-contract.ts'
import { describeEventStreams } from './testing/stream-contract.ts'

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

describeEventStreams('route handlers', onWeb)
describePolls('route handlers', onWeb)
