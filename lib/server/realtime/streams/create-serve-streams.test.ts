import type { RequestListener } from 'node:http'
import { createServeStreams } from './create-serve-streams.ts'
import type { Streams } from './streams.ts'
import { describePolls } from './testing/poll-contract.ts'
import { describeEventStreams } from './testing/stream-contract.ts'

const onNode = (streams: () => Streams): RequestListener => {
  const serve = createServeStreams(streams)
  return (request, response) => {
    if (!serve(request, response)) response.writeHead(404).end()
  }
}

describeEventStreams('node:http', onNode)
describePolls('node:http', onNode)
