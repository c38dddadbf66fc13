import { answerCalls } from '../encoding/worker-call.ts'
import { recordingFiles } from './recording-files.ts'

export type AppendRequest = { userId: string; id: string; path: string; bytes: Uint8Array<ArrayBuffer> }

/** Writes recordings on while they are captured. */
answerCalls<AppendRequest>(({ userId, id, path, bytes }) => recordingFiles(userId).append(id, path, bytes))
