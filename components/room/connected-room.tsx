'use client'
import { lazy, Suspense, useDeferredValue, useMemo, useSyncExternalStore } from 'react'
import type { Share } from '#components/share/share.ts'
import type { SessionView } from '#lib/client/session/view-state.ts'
import { EndedRoom } from './ended-room.tsx'
import { loadLiveRoom } from './preload-room.ts'
import { RoomContext } from './room-context.ts'
import type { RoomEngines } from './room-engines.ts'
import { RoomLoading } from './room-loading.tsx'
import { TurnedAway } from './turned-away.tsx'
import { withLastView } from './with-last-view.ts'

type ConnectedRoomProps = {
  engines: RoomEngines
  title: string
  djName: string
  share: Share
  isDebugging: boolean
}

const LiveRoom = lazy(async () => ({ default: (await loadLiveRoom()).LiveRoom }))

/** A room whose engines run: shows it as soon as it is there, and what became of it. */
export function ConnectedRoom({ engines, title, ...rest }: ConnectedRoomProps) {
  const { session, userId } = engines
  const readKind = () => kindOf(session.getSnapshot())
  const now = useSyncExternalStore(session.subscribe, readKind, readKind)
  // Drawn in pieces: the sound's first steps get in between, and are what is waited for. What is ready no more goes at once.
  const drawn = useDeferredValue(now)
  const kind = now === 'ready' ? drawn : now
  const room = useMemo(() => withLastView(engines), [engines])
  const loading = <RoomLoading title={title} />
  if (kind === 'loading') return loading
  if (kind === 'ended') return <EndedRoom title={title} />
  if (kind !== 'ready') return <TurnedAway code={kind} title={title} userId={userId} />
  return (
    <RoomContext value={room}>
      <Suspense fallback={loading}>
        <LiveRoom {...rest} />
      </Suspense>
    </RoomContext>
  )
}

function kindOf(view: SessionView) {
  if (view.status === 'refused') return view.code
  if (view.status === 'ready' && view.session.status === 'ended') return 'ended'
  return view.status
}
