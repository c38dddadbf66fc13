import type { CheckReason, Stream, Transport } from '#lib/client/transports/transport.ts'
import type { ReactionEmoji } from '#lib/domain/limits/limits.ts'
import type { Command, CommandKind } from '#lib/protocol/commands.ts'
import type { Envelope, Presence } from '#lib/protocol/envelope.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { Snapshot } from '#lib/protocol/session-state.ts'
import { createViewBuilder } from './build-view.ts'
import type { CommandInput, CommandResult } from './commands.ts'
import { watchConnection } from './connection-watch.ts'
import { joinPatiently } from './join-patiently.ts'
import { createLogFollower, type LogFollower } from './log-follower.ts'
import { createOutbox, type Outbox, sendOnce } from './outbox.ts'
import { createOutboxStore, type ListedStore } from './outbox-store.ts'
import {
  acknowledge,
  addMessage,
  addVote,
  discardMessage,
  expectSnapshot,
  fail,
  noPending,
  rebase,
  settle,
} from './pending.ts'
import type { RoomState } from './room-state.ts'
import type { SessionApi } from './session-api.ts'
import { giveSignsOfLife, type SignsOfLife } from './signs-of-life.ts'
import { watchSilence } from './silence-watch.ts'
import type { SessionView } from './view-state.ts'
import { withoutSilent } from './without-silent.ts'

/** Reactions since the last frame, counted per emoji. */
export type ReactionCounts = Readonly<Partial<Record<ReactionEmoji, number>>>

export type SessionClientDeps = {
  sessionId: string
  api: SessionApi
  transport: Transport
  /** Keeps unsent commands over a reload and for the next visit; null keeps nothing. */
  store: ListedStore | null
  now: () => number
  random: () => number
  newId: () => string
  /** Calls back when the computer woke, the page is seen again or the network is another; gives the unsubscribe. */
  onWake: (listener: (reason: CheckReason) => void) => () => void
}

export type SessionClient = {
  subscribe: (listener: () => void) => () => void
  /** The view as of now; the same object until something changes. */
  getSnapshot: () => SessionView
  /** Shows the effect at once where it can, and tells how it ended; never rejects. */
  send: (input: CommandInput) => Promise<CommandResult>
  /** Tries the line again now, instead of when it is due. */
  reconnect: () => void
  retryMessage: (commandId: string) => void
  discardMessage: (commandId: string) => void
  onReactions: (listener: (counts: ReactionCounts) => void) => () => void
  destroy: () => void
}

/**
 * Commands that change something lasting wait for the network; the others are only worth anything now, or, like those over
 * people, have no id in SQL by which a repeat would be harmless.
 */
const isDurable: Record<CommandKind, boolean> = {
  'chat.send': true,
  'chat.remove': true,
  react: false,
  'queue.add': true,
  'queue.remove': true,
  'queue.vote': true,
  'queue.move': true,
  'queue.unpin': true,
  'playback.play': false,
  'playback.pause': false,
  'playback.seek': false,
  'playback.next': false,
  'playback.advance': false,
  'playback.set_crossfade': true,
  'playback.loop': false,
  'tip.set_goal': true,
  'tip.remove_words': true,
  'member.mute': false,
  'member.ban': false,
  'member.unban': false,
  'member.set_role': false,
  'session.update': true,
  'session.end': false,
}

/** Joins a session and keeps its view: snapshot, ordered events, and one's own commands before they are settled. */
export function createSessionClient(deps: SessionClientDeps): SessionClient {
  const { sessionId, api, transport, now, random } = deps
  const listeners = new Set<() => void>()
  const reactionListeners = new Set<(counts: ReactionCounts) => void>()
  const buildView = createViewBuilder()
  let room: RoomState | null = null
  let pending = noPending()
  let presence: Presence = { count: 0, userIds: [] }
  let silent: readonly string[] = []
  let present = presence
  let refusal: ErrorCode | null = null
  let view: SessionView | null = null
  let follower: LogFollower | null = null
  let outbox: Outbox | null = null
  let stream: Stream | null = null
  let signs: SignsOfLife | null = null
  let destroyed = false

  const changed = (): void => {
    view = null
    for (const listener of listeners) listener()
  }
  const connection = watchConnection(now, changed)

  const currentView = (): SessionView => {
    if (refusal) return { status: 'refused', code: refusal }
    if (!room) return { status: 'loading', connection: connection.current() }
    return buildView(room, pending, present, connection.current())
  }

  const stop = (): void => {
    silence.destroy()
    signs?.destroy()
    stream?.close()
    follower?.destroy()
    outbox?.destroy()
    connection.destroy()
    stopWaking()
  }

  const refuse = (code: ErrorCode): void => {
    refusal = code
    stop()
    changed()
  }

  const showPending = (command: Command, at: number): void => {
    if (command.kind === 'chat.send') {
      pending = addMessage(pending, { commandId: command.commandId, text: command.text, at })
    } else if (command.kind === 'queue.vote' && room) {
      pending = addVote(pending, room, command)
    }
  }

  const onSettled = (command: Command, result: CommandResult): void => {
    if (result.ok) {
      const { acknowledgement } = result
      pending = acknowledge(pending, acknowledgement)
      if (room) pending = settle(pending, room)
      if (acknowledgement.seq !== null) follower?.expect(acknowledgement.seq)
    } else {
      pending = fail(pending, command.commandId, result.code)
    }
    changed()
  }

  const openOutbox = (state: RoomState): Outbox => {
    const store = createOutboxStore(deps.store, { sessionId, userId: state.me.userId, now })
    const opened = createOutbox({ send: api.send, store, now, random, onSettled })
    for (const { command, at } of opened.restored) showPending(command, at)
    for (const { command, at } of opened.late) {
      showPending(command, at)
      pending = fail(pending, command.commandId, 'unavailable')
    }
    pending = settle(pending, state)
    return opened
  }

  const takeSnapshot: SessionApi['snapshot'] = () => {
    pending = expectSnapshot(pending)
    return api.snapshot()
  }

  const onState = (state: RoomState, envelope: Envelope | null): void => {
    const channelBefore = room?.channel
    room = state
    pending = envelope ? settle(pending, state) : rebase(pending, state)
    outbox ??= openOutbox(state)
    if (channelBefore !== undefined && channelBefore !== state.channel) stream?.check('channel_changed')
    if (state.amBanned) refuse('banned')
    else changed()
  }

  const showPresent = (): void => {
    present = withoutSilent(presence, silent)
    changed()
  }

  const takePresence = (latest: Presence): void => {
    presence = latest
    showPresent()
  }

  const takeSilent = (userIds: readonly string[]): void => {
    const isOld = userIds.length === silent.length && userIds.every((userId) => silent.includes(userId))
    silent = userIds
    if (!isOld) showPresent()
  }

  const onEnvelope = (envelope: Envelope): void => {
    if (envelope.sid !== sessionId) return
    silence.heard()
    follower?.receive(envelope)
    if (envelope.reactions) for (const listener of reactionListeners) listener(envelope.reactions)
  }

  const start = async (): Promise<void> => {
    const joined = await joinPatiently(api.enter, random, () => destroyed, connection)
    if (destroyed || !joined) return
    if ('refused' in joined) return refuse(joined.refused)
    let atTheDoor: Snapshot | null = joined.snapshot
    const nextSnapshot: SessionApi['snapshot'] = async () => {
      const snapshot = atTheDoor ?? (await takeSnapshot())
      atTheDoor = null
      return snapshot
    }
    follower = createLogFollower({
      api: { poll: api.poll, snapshot: nextSnapshot },
      random,
      onState,
      onStatus: connection.follower,
      onRefused: refuse,
    })
    const listener = {
      onEnvelope,
      onState: connection.transport,
      onGap: follower.catchUp,
      onPresence: takePresence,
      onRefused: refuse,
      cursor: follower.cursor,
      revs: follower.revs,
      channel: () => Math.max(joined.channel, room?.channel ?? 0),
    }
    stream = transport.open(sessionId, listener, joined.ways)
    // A line may be refused while it is opened.
    if (!refusal)
      signs = giveSignsOfLife({
        say: (everyInMs) => api.here({ everyInMs, asksForSilent: !isOnHub() }),
        hereCount: () => present.count,
        onSilent: takeSilent,
        random,
      })
  }

  const onWake = (reason: CheckReason): void => {
    stream?.check(reason)
    follower?.catchUp()
    signs?.give()
  }

  const isOnHub = (): boolean => {
    const { way } = connection.current()
    return way === 'sse' || way === 'long_poll'
  }

  /** A hub says that one was seen, and what the newest `seq` is. */
  const ask = (): void => {
    if (!isOnHub()) follower?.catchUp()
  }

  const silence = watchSilence(ask, now, random)
  const stopWaking = deps.onWake(onWake)
  void start()

  const dispatch = async (command: Command): Promise<CommandResult> => {
    if (!outbox || refusal || destroyed) return { ok: false, code: refusal ?? 'unavailable' }
    showPending(command, now())
    changed()
    if (isDurable[command.kind]) return outbox.push(command)
    return sendOnce(api.send, command)
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => {
      view ??= currentView()
      return view
    },
    send: (input) => dispatch({ ...input, commandId: deps.newId() } as Command),
    reconnect: () => onWake('network_changed'),
    retryMessage: (commandId) => {
      const message = pending.messages.find((candidate) => candidate.commandId === commandId)
      if (message?.state.is === 'failed') {
        void dispatch({ kind: 'chat.send', commandId, text: message.text })
      }
    },
    discardMessage: (commandId) => {
      pending = discardMessage(pending, commandId)
      outbox?.forget(commandId)
      changed()
    },
    onReactions: (listener) => {
      reactionListeners.add(listener)
      return () => reactionListeners.delete(listener)
    },
    destroy: () => {
      destroyed = true
      stop()
      listeners.clear()
      reactionListeners.clear()
    },
  }
}
