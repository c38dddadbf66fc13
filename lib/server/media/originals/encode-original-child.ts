import { encodeTrack } from '#lib/encoding/encode-track.ts'
import type { PcmSource } from '#lib/encoding/pcm.ts'
import { audioFormat, renditionNames } from '#lib/protocol/tracks.ts'
import type { EncodeMessage } from '../encode-apart.ts'
import { becomeEncoder } from '../encode-child.ts'
import { decodeByFfmpeg, FfmpegError } from './ffmpeg-pcm.ts'

/** Encodes one original as a browser would have: decoded by ffmpeg, then measured and encoded by the same code. */
const [ffmpeg = '', file = '', maxDuration = '', trims = '', names = ''] = process.argv.slice(2)
const maxDurationInMs = Number(maxDuration)
const { sendFile, end } = becomeEncoder()
const open = () => decodeByFfmpeg({ ffmpeg, file, maxDurationInMs })

/** It is gone through once to know how long it is: what a file says of itself is a claim. */
async function measure(): Promise<{ durationInSamples: number; failure: string | null }> {
  let durationInSamples = 0
  try {
    for await (const { left } of open()) durationInSamples += left.length
    return { durationInSamples, failure: null }
  } catch (error) {
    if (error instanceof FfmpegError) return { durationInSamples, failure: error.message }
    throw error
  }
}

function judge({ durationInSamples, failure }: Awaited<ReturnType<typeof measure>>): EncodeMessage | null {
  const durationInMs = (durationInSamples * 1_000) / audioFormat.sampleRate
  if (failure) {
    return { kind: 'refused', code: durationInSamples > 0 ? 'truncated' : 'not_audio', detail: failure }
  }
  if (durationInSamples === 0) return { kind: 'refused', code: 'empty', detail: 'no sound in it' }
  if (durationInMs <= maxDurationInMs) return null
  return { kind: 'refused', code: 'too_long', detail: `${Math.round(durationInMs)} ms or more` }
}

const measured = await measure()
const refusal = judge(measured)
if (refusal?.kind === 'refused') await end(refusal)
const source: PcmSource = { durationInSamples: measured.durationInSamples, open }
const manifest = await encodeTrack({
  source,
  artwork: null,
  names: renditionNames.filter((name) => names.split(',').includes(name)),
  trimsSilence: trims === 'trim',
  onFile: sendFile,
  onProgress: () => {},
})
await end({ kind: 'manifest', manifest })
