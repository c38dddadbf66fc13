/** All that was captured, however much of it reached anybody: one fragmented MP4, as it came out of the encoder. */
export type Recording = {
  add: (bytes: Uint8Array<ArrayBuffer>) => void
  readonly bytes: number
  /** The recording as a file, to be kept or uploaded like any other. */
  toFile: (name: string) => File
}

export function createRecording(): Recording {
  // Blobs, which the browser may move out of memory: a set of hours is hundreds of megabytes.
  const parts: Blob[] = []
  let size = 0
  return {
    add(bytes) {
      parts.push(new Blob([bytes]))
      size += bytes.length
    },
    get bytes() {
      return size
    },
    toFile: (name) => new File(parts, name, { type: 'audio/mp4' }),
  }
}
