import { answerCalls } from '../encoding/worker-call.ts'
import { recordingFiles } from './recording-files.ts'

export type AppendRequest = { id: string; path: string; bytes: Uint8Array<ArrayBuffer> }

/** Writes recordings on while they are captured. */
answerCalls<AppendRequest>(({ id, path, bytes }) => recordingFiles.append(id, path, bytes))
