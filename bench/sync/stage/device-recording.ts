import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Recording } from '../../../e2e/listening/offsets.ts'
import { createThinner } from '../../../e2e/listening/thin-out.ts'
import { tidyUpWith } from '../../tidy-up.ts'

/**
 * A sound card that everybody plays to, each on two of its eight channels, and one recording of all of it: what is
 * simultaneous in it was simultaneous at the device, sample by sample, whatever any browser thinks.
 */
export type SoundCard = {
  /** What a browser's process needs to play to somebody's channels. */
  envOf: (index: number) => Record<string, string>
  /** What each has played since the card was opened. */
  recordings: () => Recording[]
  close: () => Promise<void>
}

const channels = 8
const people = channels / 2
const sampleRate = 48_000
const patienceInMs = 10_000

/** Whether PulseAudio is here: the daemon and its recorder. */
export function hasSoundServer(): boolean {
  return ['pulseaudio', 'parec', 'pactl'].every(
    (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0,
  )
}

/** Starts a PulseAudio of our own, which knows no other device, and records it. */
export async function openSoundCard(): Promise<SoundCard> {
  const folder = await mkdtemp(path.join(tmpdir(), 'whatssound-pulse-'))
  const socket = path.join(folder, 'native')
  const env = { ...process.env, PULSE_SERVER: `unix:${socket}`, PULSE_RUNTIME_PATH: folder, HOME: folder }
  const auxMap = Array.from({ length: channels }, (_, index) => `aux${index}`).join(',')
  const modules = [
    `module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
    `module-null-sink sink_name=card rate=${sampleRate} channels=${channels} channel_map=${auxMap}`,
    ...Array.from(
      { length: people },
      (_, index) =>
        `module-remap-sink sink_name=person${index} master=card channels=2 channel_map=front-left,front-right master_channel_map=aux${2 * index},aux${2 * index + 1} remix=no`,
    ),
  ]
  const daemon = spawn(
    'pulseaudio',
    [
      '-n',
      '--daemonize=no',
      '--exit-idle-time=-1',
      '--use-pid-file=no',
      ...modules.flatMap((one) => ['-L', one]),
    ],
    { env, stdio: 'ignore' },
  )
  const stopDaemon = tidyUpWith(async () => {
    await end(daemon)
    await rm(folder, { recursive: true, force: true })
  })
  const until = performance.now() + patienceInMs
  while (spawnSync('pactl', ['info'], { env, stdio: 'ignore' }).status !== 0) {
    if (performance.now() > until || daemon.exitCode !== null) {
      await stopDaemon()
      throw new Error('PulseAudio did not start.')
    }
    await delay(100)
  }
  const recorder = spawn(
    'parec',
    [
      ...['--device=card.monitor', '--format=s16le', `--rate=${sampleRate}`, `--channels=${channels}`],
      ...[`--channel-map=${auxMap}`, '--no-remix', '--raw', '--latency-msec=50'],
    ],
    { env, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const stopRecorder = tidyUpWith(() => end(recorder))
  const tracks = Array.from({ length: people }, () => ({ thin: createThinner(), kept: [] as number[] }))
  let frames = 0
  let startedAtInMs = Number.POSITIVE_INFINITY
  let rest: Buffer = Buffer.alloc(0)
  recorder.stdout.on('data', (chunk: Buffer) => {
    const bytes = rest.length ? Buffer.concat([rest, chunk]) : chunk
    const count = Math.floor(bytes.length / (2 * channels))
    for (let frame = 0; frame < count; frame++) {
      for (let person = 0; person < people; person++) {
        const at = 2 * (frame * channels + 2 * person)
        const track = tracks[person]
        const sample = track?.thin((bytes.readInt16LE(at) + bytes.readInt16LE(at + 2)) / 65_534) ?? null
        if (sample !== null) track?.kept.push(sample)
      }
    }
    rest = bytes.subarray(count * 2 * channels)
    frames += count
    // What came with the least delay says when the recording began.
    startedAtInMs = Math.min(startedAtInMs, Date.now() - (frames * 1_000) / sampleRate)
  })

  return {
    envOf: (index) => ({ PULSE_SERVER: `unix:${socket}`, PULSE_SINK: `person${index}` }),
    recordings: () =>
      tracks.map(({ kept }) => ({
        samples: Float32Array.from(kept),
        sampleRate: 8_000,
        anchors: [{ index: 0, atInMs: startedAtInMs }],
      })),
    async close() {
      await stopRecorder()
      await stopDaemon()
    },
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
