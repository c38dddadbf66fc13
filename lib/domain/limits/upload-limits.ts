/** Limits of every upload; what hangs on its owner's plan SQL says (`limitsSchema`). */
export const uploadLimits = {
  sourceMaxBytes: 4 * 1024 ** 3,
  /** Of a file that everybody may upload as it is, for the server to encode (`may_upload_original`). */
  originalMaxBytes: 200 * 1024 ** 2,
  initMaxBytes: 4_096,
  segmentMaxBytes: 512 * 1024,
  segmentMaxDurationInMs: 4_100,
  addressesPerRequestMax: 64,
} as const
