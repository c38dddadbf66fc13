import { canChooseOutput, type OutputDevice } from '#lib/client/audio/output-devices.ts'

export type Outputs = {
  /** Without the default one. Empty while the browser keeps their names to itself. */
  devices: readonly OutputDevice[]
  /** Whether sound can be sent to another one than the default. */
  canChoose: boolean
  /** Which device the default is, as far as it can be told apart from others; null where the browser does not say. */
  defaultIdentity: string | null
}

export const noOutputs: Outputs = { devices: [], canChoose: false, defaultIdentity: null }

/** The outputs as the browser shows them now. Until a microphone was allowed, most browsers show none. */
export async function listOutputs(media: MediaDevices | undefined): Promise<Outputs> {
  if (!media) return noOutputs
  const all = (await media.enumerateDevices()).filter(
    ({ kind, deviceId }) => kind === 'audiooutput' && deviceId,
  )
  const named = all.find(({ deviceId }) => deviceId === 'default')
  return {
    devices: all
      .filter(({ deviceId }) => deviceId !== 'default' && deviceId !== 'communications')
      .map(({ deviceId, label }) => ({ deviceId, label })),
    canChoose: canChooseOutput(),
    defaultIdentity: named ? named.label || named.groupId || null : null,
  }
}

/** What a nudge is kept under: the device, or the default one, which is another after headphones were plugged in. */
export function outputKey(outputDeviceId: string, { defaultIdentity }: Outputs): string {
  if (outputDeviceId) return `device:${outputDeviceId}`
  return defaultIdentity === null ? 'default' : `default:${hashOf(defaultIdentity)}`
}

/** FNV-1a of 32 bits: names of devices need not lie about in the storage. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0).toString(36)
}

/**
 * Lets the person show their outputs: by the browser's own list where it has one (Firefox), else by allowing the
 * microphone for a moment, which is what other browsers want before they name devices.
 * @returns the device that was chosen; null where names can be read now instead
 */
export async function askForOutputs(media: MediaDevices): Promise<string | null> {
  const chooser = media as MediaDevices & { selectAudioOutput?: () => Promise<MediaDeviceInfo> }
  if (chooser.selectAudioOutput) return (await chooser.selectAudioOutput()).deviceId
  const stream = await media.getUserMedia({ audio: true })
  for (const track of stream.getTracks()) track.stop()
  return null
}
