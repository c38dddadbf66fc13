import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type InitFacts, initFactsSchema, type SegmentFacts, segmentFactsSchema } from './inspect-segment.ts'
import type { InspectReply, InspectRequest } from './inspector-child.ts'

/** Parses foreign bytes at a distance. What cannot be parsed, breaks or hangs the parser has no facts: null. */
export type Inspector = {
  inspectInit: (init: Uint8Array) => Promise<InitFacts>
  inspectSegment: (init: Uint8Array, segment: Uint8Array) => Promise<SegmentFacts>
  destroy: () => void
}

export type InspectorOptions = { timeLimitInMs?: number; memoryLimitInMb?: number; script?: string }

const defaultScript = fileURLToPath(new URL('./inspector-child.ts', import.meta.url))

/** Starts the child with the first question, and anew after it died. One question at a time. */
export function createInspector(options: InspectorOptions = {}): Inspector {
  const { timeLimitInMs = 10_000, memoryLimitInMb = 192, script = defaultScript } = options
  let child: ChildProcess | null = null
  let lastId = 0
  let queue: Promise<unknown> = Promise.resolve()

  const start = () =>
    fork(script, {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${memoryLimitInMb}`],
      // It needs no secret, so it gets none.
      env: { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })

  const ask = (init: Uint8Array, segment: Uint8Array | null): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const asked = child?.connected ? child : start()
      child = asked
      const id = ++lastId
      const settle = (facts: unknown) => {
        clearTimeout(timer)
        asked.off('message', onMessage)
        asked.off('exit', onExit)
        asked.off('error', reject)
        resolve(facts)
      }
      const onMessage = (reply: InspectReply) => {
        if (reply.id === id) settle('facts' in reply ? reply.facts : null)
      }
      const onExit = () => {
        if (child === asked) child = null
        settle(null)
      }
      const timer = setTimeout(() => asked.kill('SIGKILL'), timeLimitInMs)
      asked.on('message', onMessage)
      asked.on('exit', onExit)
      asked.on('error', reject)
      asked.send({ id, init, segment } satisfies InspectRequest)
    })

  const inTurn = (init: Uint8Array, segment: Uint8Array | null) => {
    const answer = queue.then(() => ask(init, segment))
    queue = answer.catch(() => undefined)
    return answer
  }

  return {
    inspectInit: async (init) => initFactsSchema.parse(await inTurn(init, null)),
    inspectSegment: async (init, segment) => segmentFactsSchema.parse(await inTurn(init, segment)),
    destroy: () => void child?.kill('SIGKILL'),
  }
}
