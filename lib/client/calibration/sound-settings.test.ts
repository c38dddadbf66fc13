import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { OutputChoice } from '#lib/client/audio/output-devices.ts'
import { createSoundSettings, type SoundSettings } from './sound-settings.ts'
import type { DeviceNudge } from './stored-sound.ts'

type Device = { deviceId: string; label: string; kind?: string }

/** The browser's devices, of which some come and go. */
class FakeDevices extends EventTarget {
  list: Device[] = []
  enumerateDevices = async () =>
    this.list.map((device) => ({ kind: 'audiooutput', groupId: '', ...device })) as MediaDeviceInfo[]
  become(list: Device[]): void {
    this.list = list
    this.dispatchEvent(new Event('devicechange'))
  }
}

const speakers = { deviceId: 'spk', label: 'Speakers' }
const headphones = { deviceId: 'bt', label: 'Headphones' }
const asDefault = ({ label }: Device) => ({ deviceId: 'default', label: `Default: ${label}` })
const byTaps = (nudgeInMs: number): DeviceNudge => ({ nudgeInMs, by: 'taps', uncertaintyInMs: 9 })

let stored: Map<string, string>
let devices: FakeDevices
const engine = {
  setNudgeInMs: vi.fn(),
  setQuality: vi.fn(),
  setVolume: vi.fn(),
  setOutputDevice: vi.fn(async (_deviceId: string) => 'ok' as OutputChoice),
}

function open(): SoundSettings {
  return createSoundSettings({
    engine,
    storage: { getItem: (key) => stored.get(key) ?? null, setItem: (key, text) => stored.set(key, text) },
    media: devices as unknown as MediaDevices,
  })
}
const heardNudge = () => engine.setNudgeInMs.mock.lastCall?.[0]

beforeEach(() => {
  vi.clearAllMocks()
  vi.stubGlobal(
    'HTMLMediaElement',
    class {
      setSinkId() {}
    },
  )
  stored = new Map()
  devices = new FakeDevices()
})

describe('createSoundSettings', () => {
  it('keeps what was set, for the next visit', () => {
    const first = open()
    first.setQuality('64')
    first.setVolume(0.4)
    first.setNudge(byTaps(180.4))
    first.destroy()
    vi.clearAllMocks()
    const { quality, volume, nudge } = open().getSnapshot()
    expect([quality, volume, nudge]).toEqual(['64', 0.4, byTaps(180)])
    expect(engine.setQuality).toHaveBeenLastCalledWith('64')
    expect(engine.setVolume).toHaveBeenLastCalledWith(0.4)
    expect(heardNudge()).toBe(180)
  })

  it.each(['{', '[]', '{"quality": "loud", "volume": 11, "nudges": {"default": {"nudgeInMs": 1e9}}}'])(
    'begins anew where it kept nonsense: %s',
    (nonsense) => {
      stored.set('whatssound:sound', nonsense)
      expect(open().getSnapshot()).toMatchObject({
        quality: 'auto',
        volume: 1,
        outputDeviceId: '',
        nudge: null,
      })
      expect(heardNudge()).toBe(0)
    },
  )

  it('goes no further than outputs are late', () => {
    const sound = open()
    sound.setNudge(byTaps(9_000))
    expect(heardNudge()).toBe(700)
    sound.setNudge(null)
    expect(heardNudge()).toBe(0)
    expect(sound.getSnapshot().nudge).toBeNull()
  })

  it('has a nudge for each output', async () => {
    devices.list = [asDefault(speakers), speakers, headphones]
    const sound = open()
    await expect.poll(() => sound.getSnapshot().outputs.devices.length).toBe(2)
    await sound.setOutputDevice('bt')
    sound.setNudge(byTaps(210))
    await sound.setOutputDevice('spk')
    expect(heardNudge()).toBe(0)
    await sound.setOutputDevice('bt')
    expect(heardNudge()).toBe(210)
    expect(engine.setOutputDevice).toHaveBeenLastCalledWith('bt')
  })

  it('goes to the default output when a device is gone, and back when it is there again', async () => {
    devices.list = [asDefault(speakers), speakers, headphones]
    const sound = open()
    await expect.poll(() => sound.getSnapshot().outputs.devices.length).toBe(2)
    await sound.setOutputDevice('bt')
    devices.become([asDefault(speakers), speakers])
    await expect.poll(() => engine.setOutputDevice.mock.lastCall).toEqual([''])
    devices.become([asDefault(speakers), speakers, headphones])
    await expect.poll(() => engine.setOutputDevice.mock.lastCall).toEqual(['bt'])
  })

  it('stays at the default output where a device is not allowed, and says why', async () => {
    devices.list = [asDefault(speakers), speakers, headphones]
    const sound = open()
    await expect.poll(() => sound.getSnapshot().outputs.devices.length).toBe(2)
    engine.setOutputDevice.mockResolvedValueOnce('refused')
    expect(await sound.setOutputDevice('bt')).toBe('refused')
    expect(sound.getSnapshot().outputDeviceId).toBe('')
    expect(await sound.setOutputDevice('bt')).toBe('ok')
    expect(sound.getSnapshot().outputDeviceId).toBe('bt')
  })

  it('doubts a nudge when the default output is another one now', async () => {
    devices.list = [asDefault(speakers), speakers]
    const sound = open()
    await expect.poll(() => sound.getSnapshot().outputs.devices.length).toBe(1)
    sound.setNudge(byTaps(15))
    devices.become([asDefault(headphones), speakers, headphones])
    await expect.poll(() => sound.getSnapshot().isOutputDoubtful).toBe(true)
    expect(heardNudge()).toBe(0)
    sound.setNudge(byTaps(200))
    expect(sound.getSnapshot().isOutputDoubtful).toBe(false)
  })

  it('doubts another default output where nothing was ever set, and not the same one', async () => {
    devices.list = [asDefault(speakers), speakers]
    const sound = open()
    await expect.poll(() => sound.getSnapshot().outputs.devices.length).toBe(1)
    devices.become([asDefault(speakers), speakers, headphones])
    await expect.poll(() => sound.getSnapshot().outputs.devices.length).toBe(2)
    expect(sound.getSnapshot().isOutputDoubtful).toBe(false)
    devices.become([asDefault(headphones), speakers, headphones])
    await expect.poll(() => sound.getSnapshot().isOutputDoubtful).toBe(true)
    sound.trustOutput()
    expect(sound.getSnapshot().isOutputDoubtful).toBe(false)
  })

  it('has no doubt about an output that it knows', async () => {
    devices.list = [asDefault(speakers), speakers]
    const sound = open()
    await expect.poll(() => sound.getSnapshot().outputs.devices.length).toBe(1)
    sound.setNudge(byTaps(15))
    devices.become([asDefault(headphones), speakers, headphones])
    await expect.poll(() => sound.getSnapshot().isOutputDoubtful).toBe(true)
    sound.setNudge(byTaps(200))
    devices.become([asDefault(speakers), speakers])
    await expect.poll(heardNudge).toBe(15)
    expect(sound.getSnapshot().isOutputDoubtful).toBe(false)
  })

  it('doubts every change where the browser names nothing, and lets the person decide', async () => {
    const sound = open()
    sound.setNudge(byTaps(150))
    devices.become([])
    await expect.poll(() => sound.getSnapshot().isOutputDoubtful).toBe(true)
    expect(heardNudge()).toBe(150)
    sound.trustOutput()
    expect(sound.getSnapshot().isOutputDoubtful).toBe(false)
  })
})
