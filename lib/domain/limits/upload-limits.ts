/** Limits of one upload; the longest duration is a setting of the server and comes in as an argument. */
export const uploadLimits = {
  defaultMaxDurationInMs: 90 * 60_000,
  sourceMaxBytes: 4 * 1024 ** 3,
  /** Of a file that is uploaded as it is, for the server to encode (`may_upload_original`). */
  originalMaxBytes: 200 * 1024 ** 2,
  initMaxBytes: 4_096,
  segmentMaxBytes: 512 * 1024,
  segmentMaxDurationInMs: 4_100,
  addressesPerRequestMax: 64,
} as const
