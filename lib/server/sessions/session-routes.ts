import { serverEnv } from '#lib/env/server.ts'
import { commandSchema } from '#lib/protocol/commands.ts'
import { listeningReportSchema } from '#lib/protocol/listening.ts'
import { joinSessionSchema } from '#lib/protocol/session-requests.ts'
import { signOfLifeSchema } from '#lib/protocol/signs-of-life.ts'
import type { SessionRoutes } from '../http/create-serve-sessions.ts'
import type { SessionRoute } from '../http/session-route.ts'
import { reportListening } from '../listening/listening.ts'
import { theSigns } from '../realtime/the-hub.ts'
import { enterSession, joinSession } from './enter-session.ts'
import { runCommand } from './run-command.ts'
import { loadSnapshot } from './the-snapshots.ts'
import { createTurnstile } from './turnstile.ts'

/** Enough to keep a database busy, few enough that what those inside say hardly waits behind them. */
const comeInAtOnce = 8
/** Well within the time after which a client takes a request for lost. */
const patienceInMs = 6_000

const letIn = createTurnstile({ atOnce: comeInAtOnce, patienceInMs })

export const commandRoute: SessionRoute<typeof commandSchema> = { body: commandSchema, run: runCommand }

export const listeningRoute: SessionRoute<typeof listeningReportSchema> = {
  body: listeningReportSchema,
  run: ({ db }, sessionId, report) => reportListening(db, sessionId, report),
}

export const hereRoute: SessionRoute<typeof signOfLifeSchema> = {
  body: signOfLifeSchema,
  run: async ({ userId }, sessionId, { everyInMs, asksForSilent }) => {
    const silent = await theSigns().note({ sessionId, userId, everyInMs })
    return { silent: asksForSilent ? silent : [] }
  },
}

export const joinRoute: SessionRoute<typeof joinSessionSchema> = {
  body: joinSessionSchema,
  run: ({ db }, sessionId, { invitation, wantsSnapshot }) => {
    const enter = wantsSnapshot ? enterSession : joinSession
    return letIn(sessionId, () => enter(db, sessionId, invitation, serverEnv().LARGE_ROOM_FROM))
  },
}

export const snapshotRoute: SessionRoute = {
  body: null,
  run: ({ db }, sessionId) => letIn(sessionId, () => loadSnapshot(db, sessionId)),
}

/** What many people ask of a session, or few again and again. */
export const sessionRoutes: SessionRoutes = {
  'POST commands': commandRoute,
  'POST listening': listeningRoute,
  'POST here': hereRoute,
  'POST join': joinRoute,
  'GET snapshot': snapshotRoute,
}
