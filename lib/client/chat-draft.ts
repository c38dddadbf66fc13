import { personalKey } from './personal-keys.ts'
import type { KeyValueStore } from './session/outbox.ts'

/** What somebody has begun to write in a session; empty where nothing is. */
export type ChatDraft = { read: () => string; keep: (text: string) => void }

/** @param store this tab's: two tabs do not write over each other */
export function chatDraftOf(
  { sessionId, userId }: { sessionId: string; userId: string },
  store: KeyValueStore | null,
): ChatDraft {
  const key = personalKey('whatssound:draft', sessionId, userId)
  return {
    read: () => store?.getItem(key) ?? '',
    keep(text) {
      try {
        if (text === '') store?.removeItem(key)
        else store?.setItem(key, text)
      } catch {
        // Full: it stays as long as the field does.
      }
    },
  }
}
