/**
 * Whether a file ends before its own header says it does. Decoders play what is left without a word, so the containers
 * that declare their length are asked: RIFF, RF64-less WAV and AIFF by their chunk, MP4 by its boxes, MP3 by its Xing
 * header, Ogg by the end mark of its last page, FLAC by its metadata (its sound by the declared duration).
 */
export async function isCutOff(file: Blob): Promise<boolean> {
  const head = await bytesOf(file, 0, 64 * 1024)
  const mark = ascii(head, 0, 4)
  if (mark === 'RIFF') return riffIsCutOff(head, file.size)
  if (mark === 'FORM') return endsBefore(file.size, 8 + u32(head, 4, false))
  if (mark === 'OggS') return oggIsCutOff(file)
  if (mark === 'fLaC') return flacIsCutOff(file)
  if (ascii(head, 4, 8) === 'ftyp') return mp4IsCutOff(file)
  return mp3IsCutOff(head, file.size)
}

/** Recorders that never came to an end leave 0 or the largest number as the length: then nothing is known. */
function riffIsCutOff(head: Uint8Array, size: number): boolean {
  for (let at = 12; at + 8 <= head.length; ) {
    const length = u32(head, at + 4, true)
    if (ascii(head, at, at + 4) === 'data') return length < 0xffffff00 && endsBefore(size, at + 8 + length)
    at += 8 + length + (length % 2)
  }
  return size < 44
}

/** The blocks before the first frame (RFC 9639, section 8); a file may be cut in the middle of its picture. */
async function flacIsCutOff(file: Blob): Promise<boolean> {
  for (let at = 4; ; ) {
    const head = await bytesOf(file, at, at + 4)
    if (head.length < 4) return true
    at += 4 + (u32(head, 0, false) & 0xffffff)
    if ((head[0] ?? 0) >= 128) return at >= file.size
  }
}

async function oggIsCutOff(file: Blob): Promise<boolean> {
  const tail = await bytesOf(file, Math.max(0, file.size - 66_000), file.size)
  for (let at = tail.length - 27; at >= 0; at--) {
    if (ascii(tail, at, at + 4) !== 'OggS') continue
    const endOfStream = ((tail[at + 5] ?? 0) & 4) !== 0
    const segments = tail[at + 26] ?? 0
    let length = 27 + segments
    for (let i = 0; i < segments; i++) length += tail[at + 27 + i] ?? 0
    return !endOfStream || at + length > tail.length
  }
  return true
}

async function mp4IsCutOff(file: Blob): Promise<boolean> {
  let at = 0
  let hasIndex = false
  for (let boxes = 0; at < file.size && boxes < 10_000; boxes++) {
    const head = await bytesOf(file, at, at + 16)
    if (head.length < 8) return true
    let length = u32(head, 0, false)
    if (length === 1) length = u32(head, 8, false) * 2 ** 32 + u32(head, 12, false)
    if (length === 0) length = file.size - at
    if (length < 8) return false
    hasIndex ||= ascii(head, 4, 8) === 'moov'
    at += length
  }
  return at > file.size || !hasIndex
}

/** The Xing header (also of LAME, "Info" for constant bitrates) counts the bytes of the stream from its own frame. */
function mp3IsCutOff(head: Uint8Array, size: number): boolean {
  const start = ascii(head, 0, 3) === 'ID3' ? 10 + syncsafe(head, 6) : 0
  const limit = Math.min(head.length - 16, start + 512)
  for (let at = start; at < limit; at++) {
    const mark = ascii(head, at, at + 4)
    if (mark !== 'Xing' && mark !== 'Info') continue
    const flags = u32(head, at + 4, false)
    if ((flags & 2) === 0) return false
    const bytes = u32(head, at + (flags & 1 ? 12 : 8), false)
    return endsBefore(size, start + bytes)
  }
  return false
}

/** A missing padding byte or a tag that was counted in is not a cut. */
function endsBefore(size: number, declaredEnd: number): boolean {
  return declaredEnd - size > 512
}

async function bytesOf(file: Blob, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, Math.min(to, file.size)).arrayBuffer())
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to))
}

function u32(bytes: Uint8Array, at: number, littleEndian: boolean): number {
  if (at + 4 > bytes.length) return 0
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, littleEndian)
}

function syncsafe(bytes: Uint8Array, at: number): number {
  return [0, 1, 2, 3].reduce((value, i) => value * 128 + ((bytes[at + i] ?? 0) & 127), 0)
}
