import { expect, it } from 'vitest'
import { describeError } from './describe-error.ts'

it('says what failed, and nothing of what the driver hung on the error', () => {
  const error = Object.assign(new Error('terminating connection'), {
    code: '57P01',
    client: { password: 'secret' },
  })
  expect(describeError(error)).toEqual({
    type: 'Error',
    message: 'terminating connection',
    stack: error.stack,
    code: '57P01',
  })
  expect(JSON.stringify(describeError(error))).not.toContain('secret')
})

it('keeps the chain of causes in the message', () => {
  const error = new Error('not published', { cause: new Error('no space left') })
  expect(describeError(error).message).toBe('not published: no space left')
})
