import type { Actor } from './people.ts'

/** Asks the policies as Realtime does: in a transaction that knows the topic and the person. */
async function inTopic(who: Actor, topic: string, work: string, params: string[]): Promise<unknown[]> {
  return await who.transaction(async (tx) => {
    await tx`select set_config('realtime.topic', ${topic}, true)`
    return await tx.unsafe(work, params)
  })
}

/** Says something in a topic. */
export const send = (who: Actor, topic: string, extension: string) =>
  inTopic(
    who,
    topic,
    'insert into realtime.messages (topic, extension, event, private) values ($1, $2, $3, true)',
    [topic, extension, 'envelope'],
  )

/** One message of a topic, where there is one that may be read. */
export const read = (who: Actor, topic: string, extension: string) =>
  inTopic(who, topic, 'select from realtime.messages where topic = $1 and extension = $2 limit 1', [
    topic,
    extension,
  ])
