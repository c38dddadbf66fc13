import type { UploadView } from '#lib/client/encoding/upload/upload-view.ts'
import { isSettled } from '#lib/client/encoding/upload/upload-view.ts'
import type { Recording } from '#lib/client/live/recordings.ts'

/** on_its_way: into the library · kept: it is a track by now · too_long: to be one. */
export type RecordingState = 'waiting' | 'on_its_way' | 'kept' | 'too_long'

/** The upload of a recording, also after a reload: no two sets have the same name and length. */
export function uploadOf({ file }: Recording, uploads: readonly UploadView[]): UploadView | undefined {
  return uploads.findLast(({ name, bytes }) => name === file.name && bytes === file.size)
}

/** What can be done with a recording. It is not given away before its upload can be played: until then it may be refused. */
export function recordingState(
  recording: Recording,
  uploads: readonly UploadView[],
  maxDurationInMs: number,
): RecordingState {
  const upload = uploadOf(recording, uploads)
  if (upload?.isPlayable) return 'kept'
  if (recording.durationInMs > maxDurationInMs) return 'too_long'
  return upload && !isSettled(upload) ? 'on_its_way' : 'waiting'
}
