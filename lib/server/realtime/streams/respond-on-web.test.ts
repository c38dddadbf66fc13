import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { respondWithEvents, respondWithPoll } from './respond-on-web.ts'
import type { Streams } from './streams.ts'
import { describePolls } from './testing/poll-contract.ts'
import { describeEventStreams } from './testing/stream-contract.ts'

/** Web requests and responses on node:http, as Next makes them for its route handlers. */
const onWeb = (streams: () => Streams): RequestListener =>
  getRequestListener(
    (request) => {
      const [, , , id = '', kind] = new URL(request.url).pathname.split('/')
      const respond = kind === 'events' ? respondWithEvents : respondWithPoll
      return respond(streams(), request, id)
    },
    { overrideGlobalObjects: false },
  )

describeEventStreams('route handlers', onWeb)
describePolls('route handlers', onWeb)
