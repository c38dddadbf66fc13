import { createLongPoll } from './long-poll.ts'
import { openHubWorld } from './testing/hub-world.ts'
import { describeTransport } from './testing/transport-contract.ts'

describeTransport('over long-polling of the real hub', () => openHubWorld(createLongPoll), ['ban'])
