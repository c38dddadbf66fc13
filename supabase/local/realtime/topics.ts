import { createPresence, type Presence } from './presence.ts'
import type { Version } from './protocol/message.ts'
import { encodeText } from './protocol/message.ts'
import type { PreparedBroadcast } from './protocol/prepared-broadcast.ts'

/** Diffs of presence wait this long for company: a crowd that joins at once makes few messages. */
const PRESENCE_GATHERS_FOR_MS = 20

/** What a topic must know of a channel that joined it. */
export type Subscriber = {
  version: Version
  mayReadBroadcasts: boolean
  /** Whether `presence_state` was sent, so that diffs make sense. */
  followsPresence: boolean
  deliverBroadcast: (broadcast: PreparedBroadcast) => void
  send: (frame: Buffer) => void
}

export type Topic = {
  /** As clients know it: `realtime:<name>`. */
  name: string
  subscribers: Set<Subscriber>
  presence: Presence<Subscriber>
  /** Sends gathered changes of presence now. */
  flushPresence: () => void
}

/** The topics that anybody is in. A public and a private topic of one name have nothing to do with each other. */
export function createTopics() {
  const topics = new Map<string, Topic>()
  const keyOf = (name: string, isPrivate: boolean) => `${isPrivate ? 'private' : 'public'}:${name}`

  function enter(name: string, isPrivate: boolean, subscriber: Subscriber): Topic {
    const key = keyOf(name, isPrivate)
    const topic = topics.get(key) ?? createTopic(name)
    topics.set(key, topic)
    topic.subscribers.add(subscriber)
    return topic
  }

  function leave(topic: Topic, isPrivate: boolean, subscriber: Subscriber): void {
    topic.subscribers.delete(subscriber)
    topic.presence.untrack(subscriber)
    if (topic.subscribers.size === 0) topics.delete(keyOf(topic.name, isPrivate))
  }

  return { enter, leave, find: (name: string, isPrivate: boolean) => topics.get(keyOf(name, isPrivate)) }
}

export type Topics = ReturnType<typeof createTopics>

function createTopic(name: string): Topic {
  let timer: NodeJS.Timeout | undefined
  const topic: Topic = {
    name,
    subscribers: new Set(),
    presence: createPresence(() => {
      timer = setTimeout(() => topic.flushPresence(), PRESENCE_GATHERS_FOR_MS)
    }),
    flushPresence() {
      clearTimeout(timer)
      const diff = topic.presence.takeDiff()
      if (!diff) return
      const payload = JSON.stringify(diff)
      const head = { joinRef: null, ref: null, topic: name, event: 'presence_diff' }
      const frames = new Map<Version, Buffer>()
      for (const subscriber of topic.subscribers) {
        if (!subscriber.followsPresence) continue
        const frame = frames.get(subscriber.version) ?? encodeText(subscriber.version, head, payload)
        frames.set(subscriber.version, frame)
        subscriber.send(frame)
      }
    },
  }
  return topic
}

/** Gives a broadcast to everybody in the topic who may read it. */
export function publish(topic: Topic | undefined, broadcast: PreparedBroadcast, except?: Subscriber): void {
  if (!topic) return
  for (const subscriber of topic.subscribers) {
    if (subscriber !== except && subscriber.mayReadBroadcasts) subscriber.deliverBroadcast(broadcast)
  }
}
