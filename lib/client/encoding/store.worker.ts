import { writeUploadFile } from './upload-files.ts'
import { answerCalls } from './worker-call.ts'

export type StoreRequest = { trackId: string; path: string; content: Blob }

answerCalls<StoreRequest>(({ trackId, path, content }) => writeUploadFile(trackId, path, content))
