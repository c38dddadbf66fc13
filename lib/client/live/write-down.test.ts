import { beforeEach, expect, it, vi } from 'vitest'
import { canWriteDown, type Recognizer, writeDown } from './write-down.ts'

/** A browser's recognizer, to which nobody speaks: tests say what it heard. */
class FakeRecognizer extends EventTarget implements Recognizer {
  lang = ''
  continuous = false
  starts = 0
  stops = 0
  start = () => void this.starts++
  stop = () => void this.stops++

  hear(...phrases: { text: string; isFinal: boolean }[]) {
    const results = phrases.map(({ text, isFinal }) => Object.assign([{ transcript: text }], { isFinal }))
    this.dispatchEvent(Object.assign(new Event('result'), { results, resultIndex: 0 }))
  }
  fail = (error: string) => this.dispatchEvent(Object.assign(new Event('error'), { error }))
  end = () => this.dispatchEvent(new Event('end'))
}

let recognizer: FakeRecognizer
const onPhrase = vi.fn()
const onFailed = vi.fn()
const begin = () => writeDown({ language: 'es', onPhrase, onFailed, create: () => recognizer })

beforeEach(() => {
  recognizer = new FakeRecognizer()
  onPhrase.mockReset()
  onFailed.mockReset()
})

it('tells whole phrases, the last one after the end too', () => {
  const stop = begin()
  expect(recognizer).toMatchObject({ lang: 'es', continuous: true, starts: 1 })
  recognizer.hear({ text: 'buenas', isFinal: false })
  recognizer.hear({ text: ' Buenas noches ', isFinal: true }, { text: 'azo', isFinal: false })
  stop()
  recognizer.hear({ text: 'Azotea', isFinal: true })
  recognizer.end()
  expect(onPhrase.mock.calls).toEqual([['Buenas noches'], ['Azotea']])
  expect(recognizer).toMatchObject({ starts: 1, stops: 1 })
})

it('goes on after a silence that the browser ended at', () => {
  begin()
  recognizer.fail('no-speech')
  recognizer.end()
  expect(recognizer.starts).toBe(2)
  expect(onFailed).not.toHaveBeenCalled()
})

it.each(['not-allowed', 'network', 'language-not-supported'])('gives up once at %s', (error) => {
  begin()
  recognizer.fail(error)
  recognizer.fail(error)
  recognizer.end()
  expect(onFailed).toHaveBeenCalledOnce()
  expect(recognizer.starts).toBe(1)
})

it('says so where a browser has no such thing', () => {
  expect(canWriteDown()).toBe(false)
  writeDown({ language: 'es', onPhrase, onFailed })
  expect(onFailed).toHaveBeenCalledOnce()
})
