import { createSse } from './sse.ts'
import { openHubWorld } from './testing/hub-world.ts'
import { describeTransport } from './testing/transport-contract.ts'

describeTransport('over server-sent events of the real hub', () => openHubWorld(createSse), ['ban', 'renew'])
