import { isInstalled } from '../install/install-offer.ts'
import { canWriteDown } from '../live/write-down.ts'
import { canKeepFiles } from '../origin-files.ts'
import { storageOf } from '../storage-of.ts'

const aac = 'audio/mp4; codecs="mp4a.40.2"'

/** What the product uses of a browser, in the order in which a person would ask; each looks it up, and changes nothing. */
const abilities = {
  secure: () => window.isSecureContext,
  sound: playsMusic,
  volume: () => {
    const element = new Audio()
    element.volume = 0.5
    return element.volume === 0.5
  },
  output: () => 'setSinkId' in HTMLMediaElement.prototype,
  lockScreen: () => 'mediaSession' in navigator,
  wakeLock: () => 'wakeLock' in navigator,
  connection: () => typeof WebSocket === 'function' || typeof EventSource === 'function',
  library: () => canKeepFiles(),
  microphone: () => hasCapture('getUserMedia') && typeof AudioWorkletNode === 'function',
  captions: canWriteDown,
  tabSound: () => hasCapture('getDisplayMedia') && typeof AudioWorkletNode === 'function',
  offline: () => 'serviceWorker' in navigator,
  installed: isInstalled,
  notifications: () => 'PushManager' in window && 'Notification' in window,
  share: () => 'share' in navigator,
  storage: () => storageOf('localStorage') !== null,
} as const satisfies Record<string, () => boolean>

export type Ability = keyof typeof abilities

/** Whether this browser can do each of these things, here and now. */
export function inspectBrowser(): { ability: Ability; isThere: boolean }[] {
  return Object.entries(abilities).map(([ability, look]) => ({
    ability: ability as Ability,
    isThere: look(),
  }))
}

/** By hls.js, or by the browser's own HLS on older iPhones. */
function playsMusic(): boolean {
  const sources = ['ManagedMediaSource', 'MediaSource'] as const
  const isByScript = sources.some((name) => {
    const source = (globalThis as Record<string, unknown>)[name] as typeof MediaSource | undefined
    return source?.isTypeSupported(aac) ?? false
  })
  return isByScript || new Audio().canPlayType('application/vnd.apple.mpegurl') !== ''
}

/** Without a secure address there are no media devices at all. */
function hasCapture(way: 'getUserMedia' | 'getDisplayMedia'): boolean {
  return typeof (navigator.mediaDevices as MediaDevices | undefined)?.[way] === 'function'
}
