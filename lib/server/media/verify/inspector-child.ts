import { inspectInit, inspectSegment } from './inspect-segment.ts'

/**
 * The process in which foreign bytes are parsed. It gets nothing but bytes, knows no key and no address, and is killed
 * when it takes too long; an error in it is an answer, its death another.
 */
export type InspectRequest = { id: number; init: Uint8Array; segment: Uint8Array | null }
export type InspectReply = { id: number; facts: unknown } | { id: number; error: string }

process.on('message', async ({ id, init, segment }: InspectRequest) => {
  const reply = (message: InspectReply) => process.send?.(message)
  try {
    reply({ id, facts: segment ? await inspectSegment(init, segment) : await inspectInit(init) })
  } catch (error) {
    reply({ id, error: String(error) })
  }
})
process.on('disconnect', () => process.exit())
