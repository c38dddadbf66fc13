import { createFakeTransport } from './fake-transport.ts'
import { describeTransport } from './transport-contract.ts'

describeTransport('in memory', async () => {
  const userId = '00000000-0000-4000-8000-000000000003'
  const { transport, deliver, cut, mend } = createFakeTransport({ userId })
  return {
    transport,
    sessionId: '00000000-0000-4000-8000-000000000004',
    userId,
    publish: async (payload) => deliver(payload),
    cut: async () => {
      cut()
      mend()
    },
    end: async () => {},
  }
})
