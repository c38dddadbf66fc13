import { expect, test } from 'vitest'
import { readServerSettings } from './settings.ts'

test('one process on every interface and no metrics, unless told otherwise', () => {
  const alone = { port: 3000, host: undefined, dev: false, processes: 1, metricsPort: undefined }
  expect(readServerSettings({ NODE_ENV: 'production', METRICS_PORT: '' })).toEqual(alone)
})

test('the development server is never more than one process', () => {
  expect(readServerSettings({ NODE_ENV: 'production', APP_PROCESSES: '4' }).processes).toBe(4)
  expect(readServerSettings({ NODE_ENV: 'development', APP_PROCESSES: '4' }).processes).toBe(1)
})

test.each(['0', '-1', 'two', '1.5'])('APP_PROCESSES=%s is refused by its name', (value) => {
  expect(() => readServerSettings({ NODE_ENV: 'production', APP_PROCESSES: value })).toThrow('APP_PROCESSES')
})
