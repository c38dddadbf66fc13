import { expect, test } from 'vitest'
import { createOwnEcho } from './own-echo.ts'

test('what I sent is shown once, what others sent with it stays', () => {
  const echo = createOwnEcho(() => 0)
  echo.send('🔥')
  echo.send('🔥')
  expect(echo.others({ '🔥': 3, '🎉': 1 })).toEqual({ '🔥': 1, '🎉': 1 })
  expect(echo.others({ '🔥': 2 })).toEqual({ '🔥': 2 })
})

test('an echo may come in parts, and one that never comes is forgotten', () => {
  let nowInMs = 0
  const echo = createOwnEcho(() => nowInMs)
  echo.send('👏')
  echo.send('👏')
  expect(echo.others({ '👏': 1 })).toEqual({ '👏': 0 })
  nowInMs = 6_000
  expect(echo.others({ '👏': 1 })).toEqual({ '👏': 1 })
})
