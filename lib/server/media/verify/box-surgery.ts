/** Changes of ISO BMFF files, byte by byte, for tests: what a forger would do with a hex editor. */
export type Box = { at: number; size: number }

/** Where a box lies, by its path such as `moof/traf/tfhd`; of several alike the first. */
export function findBox(bytes: Uint8Array, path: string): Box {
  const view = viewOf(bytes)
  let from = 0
  let to = bytes.length
  let found: Box | null = null
  for (const type of path.split('/')) {
    found = null
    for (let at = from; at + 8 <= to && !found; at += view.getUint32(at)) {
      if (typeAt(bytes, at) === type) found = { at, size: view.getUint32(at) }
    }
    if (!found) throw new Error(`no ${type} of ${path}`)
    from = found.at + 8
    to = found.at + found.size
  }
  if (!found) throw new Error('an empty path')
  return found
}

/** A copy with other bytes at an offset in a box. */
export function patched(
  bytes: Uint8Array,
  path: string,
  offset: number,
  values: readonly number[],
): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy.set(values, findBox(bytes, path).at + offset)
  return copy
}

/** A copy with bytes put in at the end of a box, which grows by them, as all do that hold it. */
export function grown(bytes: Uint8Array, path: string, added: Uint8Array): Uint8Array {
  const { at, size } = findBox(bytes, path)
  const copy = Uint8Array.from([...bytes.subarray(0, at + size), ...added, ...bytes.subarray(at + size)])
  const steps = path.split('/')
  for (let depth = 1; depth <= steps.length; depth++) {
    const box = findBox(bytes, steps.slice(0, depth).join('/'))
    viewOf(copy).setUint32(box.at, box.size + added.length)
  }
  return copy
}

/** A copy in which the first occurrence of some bytes is replaced by as many others. */
export function replaced(bytes: Uint8Array, from: readonly number[], to: readonly number[]): Uint8Array {
  const at = bytes.findIndex((_, i) => from.every((byte, j) => bytes[i + j] === byte))
  if (at < 0) throw new Error('the bytes to replace are not there')
  const copy = Uint8Array.from(bytes)
  copy.set(to, at)
  return copy
}

/** A box of this type around some content. */
export function box(type: string, content: readonly number[]): Uint8Array {
  return Uint8Array.from([...u32(content.length + 8), ...ascii(type), ...content])
}

export function u32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
}

export function ascii(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0))
}

function typeAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at + 4, at + 8))
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
