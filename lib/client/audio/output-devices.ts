/** A loudspeaker or headset; the label is empty until the browser was allowed to name devices. */
export type OutputDevice = { deviceId: string; label: string }

/** Why the sound still comes out where it did: unknown to this browser, gone, or not allowed. */
export type OutputChoice = 'ok' | 'unsupported' | 'not_found' | 'refused'

/** Whether this browser lets a page choose where its sound comes out (`setSinkId`; Safari does not). */
export function canChooseOutput(): boolean {
  return typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype
}

/** The outputs there are, without the entries that only stand for the system's default. */
export async function listOutputDevices(): Promise<OutputDevice[]> {
  const devices = (await globalThis.navigator?.mediaDevices?.enumerateDevices?.()) ?? []
  return devices
    .filter(
      ({ kind, deviceId }) => kind === 'audiooutput' && !['', 'default', 'communications'].includes(deviceId),
    )
    .map(({ deviceId, label }) => ({ deviceId, label }))
}

/** Leads the elements' sound to a device; '' is the system's default. All go or none. */
export async function setOutput(
  elements: readonly HTMLMediaElement[],
  deviceId: string,
): Promise<OutputChoice> {
  if (!canChooseOutput()) return deviceId === '' ? 'ok' : 'unsupported'
  const before = elements.map(({ sinkId }) => sinkId)
  try {
    for (const element of elements) await element.setSinkId(deviceId)
    return 'ok'
  } catch (error) {
    const back = elements.map((element, index) => element.setSinkId(before[index] ?? ''))
    await Promise.allSettled(back)
    return error instanceof DOMException && error.name === 'NotFoundError' ? 'not_found' : 'refused'
  }
}

/** Calls `listener` when devices came or went; returns the unsubscribe. */
export function onDeviceChange(listener: () => void): () => void {
  const devices = globalThis.navigator?.mediaDevices
  devices?.addEventListener?.('devicechange', listener)
  return () => devices?.removeEventListener?.('devicechange', listener)
}
