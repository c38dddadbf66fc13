import { beforeEach, expect, test } from 'vitest'
import { chatDraftOf } from './chat-draft.ts'
import { forgetOthers } from './personal-keys.ts'

let kept: Map<string, string>
let storage: Storage

beforeEach(() => {
  kept = new Map()
  storage = {
    get length() {
      return kept.size
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
  }
})

const draftOf = (userId: string, sessionId = 'den') => chatDraftOf({ sessionId, userId }, storage)

test('what was begun is there again, for whoever began it, where they began it', () => {
  draftOf('ana').keep('Play the one that')
  expect(draftOf('ana').read()).toBe('Play the one that')
  expect(draftOf('ben').read()).toBe('')
  expect(draftOf('ana', 'club').read()).toBe('')
})

test('nothing of it stays once it is sent, or once somebody else is here', () => {
  draftOf('ana').keep('Play')
  draftOf('ana').keep('')
  expect(kept.size).toBe(0)
  draftOf('ana').keep('Play')
  forgetOthers('ana', storage)
  expect(draftOf('ana').read()).toBe('Play')
  forgetOthers('ben', storage)
  expect(kept.size).toBe(0)
})

test('a browser that keeps nothing, or no more, does no harm', () => {
  chatDraftOf({ sessionId: 'den', userId: 'ana' }, null).keep('Play')
  storage.setItem = () => {
    throw new DOMException('', 'QuotaExceededError')
  }
  draftOf('ana').keep('Play')
  expect(draftOf('ana').read()).toBe('')
})
