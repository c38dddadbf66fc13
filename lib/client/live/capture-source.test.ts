import { afterEach, expect, it, vi } from 'vitest'
import { CaptureError, openCapture } from './capture-source.ts'

afterEach(() => vi.unstubAllGlobals())

function browser(devices: Partial<MediaDevices> | undefined, isSecureContext = true): void {
  vi.stubGlobal('isSecureContext', isSecureContext)
  vi.stubGlobal('navigator', { mediaDevices: devices })
}
const failing = (name: string) => ({
  getUserMedia: () => Promise.reject(new DOMException('no', name)),
})
const codeOf = async (attempt: Promise<unknown>) => {
  const error = await attempt.catch((reason: unknown) => reason)
  return error instanceof CaptureError ? error.code : error
}

it.each([
  ['NotAllowedError', 'permission_denied'],
  ['NotFoundError', 'no_device'],
  ['OverconstrainedError', 'no_device'],
  ['NotReadableError', 'device_busy'],
  ['TypeError', 'capture_failed'],
])('says what %s means', async (name, code) => {
  browser(failing(name))
  expect(await codeOf(openCapture({ kind: 'input', deviceId: '' }))).toBe(code)
})

it('knows where no sound can be captured at all', async () => {
  browser(undefined, false)
  expect(await codeOf(openCapture({ kind: 'input', deviceId: '' }))).toBe('insecure')
  browser(undefined)
  expect(await codeOf(openCapture({ kind: 'input', deviceId: '' }))).toBe('unsupported')
  browser({})
  expect(await codeOf(openCapture({ kind: 'tab' }))).toBe('unsupported')
})

it('asks for the sound as it is, from the chosen device', async () => {
  const getUserMedia = vi.fn(async () => ({}) as MediaStream)
  browser({ getUserMedia })
  await openCapture({ kind: 'input', deviceId: 'line-in' })
  expect(getUserMedia).toHaveBeenCalledWith({
    audio: {
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      channelCount: 2,
      deviceId: { exact: 'line-in' },
    },
  })
})

it('lets a tab go that was shared without its sound', async () => {
  const stop = vi.fn()
  const stream = { getAudioTracks: () => [], getTracks: () => [{ stop }] } as unknown as MediaStream
  browser({ getDisplayMedia: async () => stream })
  expect(await codeOf(openCapture({ kind: 'tab' }))).toBe('no_tab_sound')
  expect(stop).toHaveBeenCalledOnce()
})
