import { setTimeout as delay } from 'node:timers/promises'
import type { Recording } from '../../../e2e/listening/offsets.ts'
import type { Happening, HappeningKind } from '../analyse/happenings.ts'
import type { Held } from '../analyse/programme.ts'
import * as deeds from '../stage/deeds.ts'
import type { Somebody } from '../stage/somebody.ts'
import { untilSeen } from '../stage/until-seen.ts'
import { followTimeline } from './follow-timeline.ts'
import { type Deed, labelOf, type Plan, toneSettlesForInSeconds, toneTrack } from './score.ts'

/** All that was heard and done in a round. Instants are epoch milliseconds. */
export type Round = {
  /** What each heard, in the order of the people: one recording for each document they had open. */
  recordings: readonly (readonly Recording[])[]
  happenings: Happening[]
  history: readonly Held[]
  titleOf: (trackId: string) => string
  playedAtInMs: number
  endedAtInMs: number
  /** The tones, after they have settled. */
  tones: { fromInMs: number; untilInMs: number }
}

const fetchEveryInMs = 1_000
const mutedForInMs = 1_500
const beforeTapInMs = 1_500
/** Enough for 64k; a segment of 128k takes almost as long as it plays. */
const slowInKilobitsPerSecond = 150

/** Plays one session from its opening to its end. The first is the DJ; the others stand at the door when it begins. */
export async function runRound(
  people: readonly [Somebody, ...Somebody[]],
  title: string,
  plan: Plan,
  say: (text: string) => void,
): Promise<Round> {
  const [dj, ...guests] = people
  const { address, id } = await deeds.openSession(dj, title)
  await deeds.addToQueue(
    dj,
    [...plan.tracks, toneTrack].map((track) => track.title),
  )
  for (const guest of guests) await deeds.standAtDoor(guest, address)

  const timeline = followTimeline(dj, id)
  const ending = new AbortController()
  const fetching = fetchUntil(ending.signal, people)
  const happenings: Happening[] = []
  const find = (name: string) => {
    const somebody = people.find((person) => person.name === name)
    if (!somebody) throw new Error(`Nobody is called ${name}.`)
    return somebody
  }

  /** Does something by a tap, and notes it at the moment of the tap. */
  async function tap(
    kind: HappeningKind,
    somebody: Somebody,
    act: (somebody: Somebody) => Promise<void>,
  ): Promise<void> {
    const sinceInMs = Date.now()
    await act(somebody)
    await somebody.fetch()
    const isIt = (label: string) => label === labelOf[kind]
    const seen = somebody.edge.find(
      (event) => event.kind === 'tap' && event.atInMs >= sinceInMs - 5 && isIt(event.label),
    )
    const who = somebody === dj ? 'everybody' : somebody.name
    const atInMs = seen?.atInMs ?? sinceInMs
    if (!seen) say(`   the tap "${labelOf[kind]}" of ${somebody.name} was not seen`)
    happenings.push({ kind, who, atInMs })
    if (somebody === dj) await timeline.look(atInMs)
  }
  const note = (kind: HappeningKind, who: string) => happenings.push({ kind, who, atInMs: Date.now() })

  async function perform(deed: Deed): Promise<void> {
    switch (deed.do) {
      case 'pause':
        return tap('pause', dj, deeds.pause)
      case 'resume':
        return tap('resume', dj, deeds.play)
      case 'next':
        return tap('next', dj, deeds.next)
      case 'seek':
        return tap('seek', dj, (somebody) => deeds.seekTo(somebody, deed.part))
      case 'come_in':
        return tap('come_in', find(deed.who), deeds.comeIn)
      case 'rejoin':
        await tap('leave', find(deed.who), deeds.mute)
        await delay(mutedForInMs)
        return tap('listen', find(deed.who), deeds.unmute)
      case 'reload':
        note('leave', deed.who)
        await deeds.reload(find(deed.who))
        await delay(beforeTapInMs)
        return tap('reload', find(deed.who), deeds.startListening)
      case 'offline':
        note('offline', deed.who)
        return deeds.goOffline(find(deed.who))
      case 'online':
        await deeds.goOnline(find(deed.who))
        note('online', deed.who)
        return
      case 'quality':
        note('quality', deed.who)
        return deeds.emulateNetwork(find(deed.who), {
          offline: false,
          kilobitsPerSecond: deed.is === 'forced' ? slowInKilobitsPerSecond : null,
        })
    }
  }

  await tap('play', dj, deeds.play)
  const playedAtInMs = happenings[0]?.atInMs ?? Date.now()
  const untilSecond = (second: number) => delay(Math.max(0, playedAtInMs + second * 1_000 - Date.now()))
  // Each deed begins on time, whether the one before it (a reload takes long) is done or not.
  const doing: Promise<void>[] = []
  for (const deed of plan.deeds) {
    await untilSecond(deed.at)
    doing.push(perform(deed).catch((error) => say(`   ${deed.do} failed: ${error}`)))
  }
  await untilSecond(plan.endsAtInSeconds)
  await Promise.all(doing)
  const endedAtInMs = Date.now()

  await tap('next', dj, deeds.next)
  await untilSeen(dj.page.getByRole('region', { name: 'Now playing' }).getByText(toneTrack.title))
  await delay(toneSettlesForInSeconds * 1_000)
  const tonesFromInMs = Date.now()
  await delay(plan.toneForInSeconds * 1_000)
  const tones = { fromInMs: tonesFromInMs, untilInMs: Date.now() }

  ending.abort()
  await fetching
  await timeline.stop()
  await Promise.all(people.map((somebody) => somebody.fetch()))
  return {
    recordings: people.map(({ ear }) => ear.recordings()),
    happenings,
    history: timeline.history(),
    titleOf: timeline.titleOf,
    playedAtInMs,
    endedAtInMs,
    tones,
  }
}

async function fetchUntil(signal: AbortSignal, people: readonly Somebody[]): Promise<void> {
  while (!signal.aborted) {
    // A page that is just being loaded again has nothing to say.
    await Promise.all(people.map((somebody) => somebody.fetch().catch(() => {})))
    await delay(fetchEveryInMs, undefined, { signal }).catch(() => {})
  }
}
