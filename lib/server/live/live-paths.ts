/** Where a stream's files lie in the bucket `media`: under its id, which nobody can guess. */
const folder = (streamId: string) => `live/${streamId}`

export const liveInitPath = (streamId: string) => `${folder(streamId)}/init.mp4`

export const liveSegmentPath = (streamId: string, number: number) =>
  `${folder(streamId)}/${String(number).padStart(7, '0')}.m4s`
