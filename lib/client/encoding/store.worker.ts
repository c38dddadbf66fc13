import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { uploadFiles } from './upload-files.ts'
import { answerCalls } from './worker-call.ts'

export type StoreRequest = { userId: string; trackId: string; path: string; content: Blob }

/** Copies a file into the store and answers its SHA-256, taken on the way: it may be larger than the memory. */
answerCalls<StoreRequest>(async ({ userId, trackId, path, content }, onProgress) => {
  const hash = sha256.create()
  let bytes = 0
  await uploadFiles(userId).write(trackId, path, content, (chunk) => {
    hash.update(chunk)
    bytes += chunk.length
    onProgress(bytes / content.size)
  })
  return bytesToHex(hash.digest())
})
