/** What is sent: a microphone or line-in (an empty id means the system's choice), or the sound of a browser tab. */
export type CaptureChoice = { kind: 'input'; deviceId: string } | { kind: 'tab' }

/** Why no sound can be captured. */
export const captureErrorCodes = [
  'insecure',
  'unsupported',
  'permission_denied',
  'no_device',
  'device_busy',
  'no_tab_sound',
  'capture_failed',
] as const
export type CaptureErrorCode = (typeof captureErrorCodes)[number]

export class CaptureError extends Error {
  override readonly name = 'CaptureError'
  readonly code: CaptureErrorCode

  constructor(code: CaptureErrorCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

/** Made for calls; for music each of them does harm. */
const unprocessed = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }

/** Asks for the sound; the browser asks the person. @throws CaptureError */
export async function openCapture(choice: CaptureChoice): Promise<MediaStream> {
  if (!globalThis.isSecureContext) throw new CaptureError('insecure')
  const devices = globalThis.navigator?.mediaDevices
  if (!devices) throw new CaptureError('unsupported')
  try {
    if (choice.kind === 'tab') return await openTab(devices)
    const { deviceId } = choice
    const audio = { ...unprocessed, channelCount: 2, ...(deviceId && { deviceId: { exact: deviceId } }) }
    return await devices.getUserMedia({ audio })
  } catch (error) {
    throw error instanceof CaptureError ? error : new CaptureError(codeOf(error), { cause: error })
  }
}

/** Its picture is not wanted, but browsers only share sound along with one. */
async function openTab(devices: MediaDevices): Promise<MediaStream> {
  if (!devices.getDisplayMedia) throw new CaptureError('unsupported')
  const options = {
    video: true,
    audio: { ...unprocessed, suppressLocalAudioPlayback: false },
    selfBrowserSurface: 'exclude',
  }
  const stream = await devices.getDisplayMedia(options as DisplayMediaStreamOptions)
  if (stream.getAudioTracks().length > 0) return stream
  stopCapture(stream)
  throw new CaptureError('no_tab_sound')
}

export function stopCapture(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

/** The names that `getUserMedia` and `getDisplayMedia` fail by (W3C Media Capture and Streams, 10.2). */
function codeOf(error: unknown): CaptureErrorCode {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'permission_denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'no_device'
    case 'NotReadableError':
    case 'AbortError':
      return 'device_busy'
    default:
      return 'capture_failed'
  }
}

export type InputDevice = { deviceId: string; label: string }

/** The microphones and line-ins. Without permission browsers name none of them: then the list is empty. */
export async function listInputs(): Promise<readonly InputDevice[]> {
  const devices = (await globalThis.navigator?.mediaDevices?.enumerateDevices()) ?? []
  return devices
    .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ deviceId, label }))
}
