import type { Envelope } from '#lib/protocol/envelope.ts'
import type { HubEntry, PresenceEntry } from '#lib/protocol/presence.ts'
import type { OpenUpstream, UpstreamListener } from '../hub-deps.ts'

/** A line to the other instances that a test can cut and mend. */
export function createFakeUpstream() {
  let listener: UpstreamListener | null = null
  let isOpen = true
  const tracked: HubEntry[] = []
  const movedTo: number[] = []
  let opened = 0

  const open: OpenUpstream = (_sessionId, heard) => {
    listener = heard
    opened += 1
    if (isOpen) setTimeout(() => isOpen && listener === heard && heard.onState('open'), 5)
    return {
      track: (entry) => void tracked.push(entry),
      moveTo: (channel) => void movedTo.push(channel),
      close: () => {
        if (listener === heard) listener = null
      },
    }
  }
  return {
    open,
    tracked,
    movedTo,
    opened: () => opened,
    isFollowed: () => listener !== null,
    deliver: (envelope: Envelope): void => {
      if (isOpen) listener?.onEnvelope(envelope)
    },
    present: (entries: PresenceEntry[]): void => listener?.onPresence(entries),
    cut: (): void => {
      if (isOpen) listener?.onState('down')
      isOpen = false
    },
    mend: (): void => {
      if (!isOpen) listener?.onState('open')
      isOpen = true
    },
  }
}
