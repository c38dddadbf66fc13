import { listOutputDevices, type OutputChoice, onDeviceChange, setOutput } from './output-devices.ts'

/** Where the elements' sound comes out, while devices come and go. */
export type Outputs = {
  /** '' is the system's default, also after a chosen device has gone. */
  readonly deviceId: string
  /** How often devices came or went. */
  readonly changes: number
  /** What is chosen stays chosen while that device is there. */
  choose: (deviceId: string) => Promise<OutputChoice>
  destroy: () => void
}

export function createOutputs(
  elements: readonly HTMLMediaElement[],
  on: {
    /** The sound goes another way from now on. */
    switched: () => void
    /** Something of the above may be another. */
    changed: () => void
  },
): Outputs {
  let deviceId = ''
  let changes = 0
  let isDestroyed = false
  const unwatch = onDeviceChange(() => void noteDevices())

  async function noteDevices(): Promise<void> {
    changes++
    const isGone =
      deviceId !== '' && (await listOutputDevices()).every((device) => device.deviceId !== deviceId)
    if (isGone && !isDestroyed) await choose('')
    on.changed()
  }

  async function choose(next: string): Promise<OutputChoice> {
    const choice = await setOutput(elements, next)
    if (choice === 'ok' && next !== deviceId) {
      deviceId = next
      on.switched()
    }
    on.changed()
    return choice
  }

  return {
    get deviceId() {
      return deviceId
    },
    get changes() {
      return changes
    },
    choose,
    destroy() {
      isDestroyed = true
      unwatch()
    },
  }
}
