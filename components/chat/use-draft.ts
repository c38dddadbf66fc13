'use client'
import { useState } from 'react'
import { useRoom } from '#components/room/use-room.ts'
import { chatDraftOf } from '#lib/client/chat-draft.ts'
import { storageOf } from '#lib/client/storage-of.ts'

/** What one is about to write here, and what changes it: it is still there after another tab of the room, and a reload. */
export function useDraft(): [text: string, setText: (text: string) => void] {
  const sessionId = useRoom((view) => view.session.id)
  const userId = useRoom((view) => view.me.userId)
  const draft = chatDraftOf({ sessionId, userId }, storageOf('sessionStorage'))
  const [text, setText] = useState(draft.read)
  return [
    text,
    (next) => {
      setText(next)
      draft.keep(next)
    },
  ]
}
