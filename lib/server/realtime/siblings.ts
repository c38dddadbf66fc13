import cluster from 'node:cluster'
import type { Envelope } from '#lib/protocol/envelope.ts'

/**
 * The processes that serve the app behind one port tell each other, through the process that forked them, what they
 * committed. Realtime tells them too, some ten milliseconds later; a hub knows by the numbers what it has already.
 */
type News = { type: 'whatssound:committed'; envelope: Envelope }

const isNews = (message: unknown): message is News =>
  (message as Partial<News> | null)?.type === 'whatssound:committed'

/** Tells the other processes what this one committed; nothing where it is alone. */
export function tellSiblings(envelope: Envelope): void {
  const news: News = { type: 'whatssound:committed', envelope }
  if (cluster.isWorker) process.send?.(news)
}

/** Hears what the other processes committed. */
export function hearSiblings(onEnvelope: (envelope: Envelope) => void): void {
  if (!cluster.isWorker) return
  process.on('message', (message) => {
    if (isNews(message)) onEnvelope(message.envelope)
  })
}

/** For the process that forked them: passes on what each one says to all others. */
export function relayBetweenSiblings(): void {
  cluster.on('message', (from, message) => {
    if (!isNews(message)) return
    for (const worker of Object.values(cluster.workers ?? {})) {
      if (worker && worker !== from && worker.isConnected()) worker.send(message)
    }
  })
}
