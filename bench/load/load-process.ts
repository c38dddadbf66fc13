import { z } from 'zod'
import { type Attention, createCrowd } from './crowd.ts'
import type { ReaderSpec } from './dialects/dialect.ts'

/** The load generator: a process of its own, so that reading costs the measured processes nothing. */
const order = z.discriminatedUnion('kind', [
  z.object({
    id: z.number(),
    kind: z.literal('enter'),
    spec: z.custom<ReaderSpec>(),
    count: z.number(),
    atOnce: z.number(),
  }),
  z.object({ id: z.number(), kind: z.literal('report') }),
  z.object({ id: z.number(), kind: z.literal('reset') }),
])
export type Order = z.infer<typeof order>

const crowd = createCrowd(process.argv[2] as Attention)

process.on('message', async (received) => {
  const { id, ...wanted } = order.parse(received)
  const answer =
    wanted.kind === 'enter'
      ? await crowd.enter(wanted.spec, wanted.count, wanted.atOnce)
      : wanted.kind === 'report'
        ? crowd.report()
        : crowd.reset()
  process.send?.({ id, answer: answer ?? null })
})
process.on('disconnect', () => process.exit(0))
