import { createFakeTransport } from './fake-transport.ts'
import { nonsense, testEnvelope } from './test-envelope.ts'
import { describeTransport } from './transport-contract.ts'

const sessionId = '00000000-0000-4000-8000-000000000004'
const userId = '00000000-0000-4000-8000-000000000003'

describeTransport('in memory', async () => {
  const line = createFakeTransport({ userId })
  let seq = 0
  let isStalled = false
  return {
    transport: line.transport,
    sessionId,
    userId,
    say: async () => {
      seq += 1
      line.deliver(testEnvelope(sessionId, seq))
      return seq
    },
    sayNonsense: async () => {
      for (const payload of nonsense(sessionId)) line.deliver(payload)
    },
    ban: async () => line.refuse('banned'),
    cut: () => {
      line.cut()
      if (!isStalled) line.mend()
    },
    stall: () => {
      isStalled = true
      line.stall()
    },
    heal: () => line.mend(),
    end: async () => {},
  }
}, ['sayNonsense', 'ban'])
