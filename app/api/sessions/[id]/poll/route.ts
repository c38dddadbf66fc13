import { respondWithPoll } from '#lib/server/realtime/streams/respond-on-web.ts'
import { theStreams } from '#lib/server/realtime/streams/the-streams.ts'

/** The portable form; the product's own server answers before Next does (`serve-on-node.ts`). */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  return respondWithPoll(theStreams(), request, (await params).id)
}
