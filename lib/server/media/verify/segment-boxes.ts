/** An ISO BMFF box (ISO/IEC 14496-12, 4.2): where its content lies in the file. */
type Box = { type: string; start: number; end: number }

/** What a media segment says of itself, beside what its packets say. */
export type SegmentBoxes = { baseDecodeTime: number; sampleCount: number; soundBytes: number }

/** The only track of a file. */
const trackId = 1
/** Defaults for duration, size and flags, counted from the `moof`: nothing that moves the sound elsewhere (8.8.7). */
const allowedTfhdFlags = 0x020038
/** Where the data lies, and each sample's duration, size and flags; no offsets in time (8.8.8). */
const allowedTrunFlags = 0x000701
const dataOffsetPresent = 0x000001

/**
 * Reads the frame of a media segment and takes nothing but what our encoder writes: `styp`? `sidx`? `moof` `mdat`, one
 * track, all bytes accounted for. A library reads around what it does not know; a player might not.
 * @returns null for anything else.
 */
export function readSegmentBoxes(bytes: Uint8Array): SegmentBoxes | null {
  const view = viewOf(bytes)
  const top = boxesIn(view, 0, bytes.length)
  if (!top || !/^(?:styp )?(?:sidx )?moof mdat$/.test(typesOf(top))) return null
  const [moof, mdat] = top.slice(-2)
  const [, traf] = childrenOf(view, moof, 'mfhd traf') ?? []
  const [tfhd, tfdt, trun] = childrenOf(view, traf, 'tfhd tfdt trun') ?? []
  if (!moof || !mdat || !tfhd || !tfdt || !trun) return null
  if (lengthOf(tfhd) < 8 || lengthOf(tfdt) < 8 || lengthOf(trun) < 12) return null
  if (hasOtherFlags(view, tfhd, allowedTfhdFlags) || hasOtherFlags(view, trun, allowedTrunFlags)) return null
  if (view.getUint32(tfhd.start + 4) !== trackId) return null
  // The sound begins where the `mdat` does, counted from the beginning of the `moof`.
  const soundFrom = mdat.start - (moof.start - 8)
  const isAtItsPlace =
    (flagsOf(view, trun) & dataOffsetPresent) !== 0 && view.getUint32(trun.start + 8) === soundFrom
  const isLong = view.getUint8(tfdt.start) === 1
  if (!isAtItsPlace || (isLong && lengthOf(tfdt) < 12)) return null
  return {
    baseDecodeTime: isLong ? Number(view.getBigUint64(tfdt.start + 4)) : view.getUint32(tfdt.start + 4),
    sampleCount: view.getUint32(trun.start + 4),
    soundBytes: lengthOf(mdat),
  }
}

/** What the sample entry of an initialisation segment says. */
export type InitBoxes = { channels: number; sampleRate: number }

/**
 * Reads an initialisation segment of one track with one kind of sample, and nothing beside it: no edit list, which
 * would move the sound of one rendition against the others, and nothing that somebody could read as something else.
 * @returns null for anything else.
 */
export function readInitBoxes(bytes: Uint8Array): InitBoxes | null {
  const view = viewOf(bytes)
  const top = boxesIn(view, 0, bytes.length)
  if (!top || typesOf(top) !== 'ftyp moov') return null
  const [, trak] = childrenOf(view, top[1], 'mvhd trak mvex') ?? []
  const [tkhd, mdia] = childrenOf(view, trak, 'tkhd mdia') ?? []
  const [, , minf] = childrenOf(view, mdia, 'mdhd hdlr minf') ?? []
  const [, , stbl] = childrenOf(view, minf, 'smhd dinf stbl') ?? []
  const [stsd] = childrenOf(view, stbl, 'stsd stts stsc stsz stco') ?? []
  if (!tkhd || !stsd || lengthOf(tkhd) < 24 || lengthOf(stsd) < 8) return null
  const isLong = view.getUint8(tkhd.start) === 1
  if (view.getUint32(tkhd.start + (isLong ? 20 : 12)) !== trackId) return null
  const [entry, ...more] = boxesIn(view, stsd.start + 8, stsd.end) ?? []
  if (!entry || more.length > 0 || view.getUint32(stsd.start + 4) !== 1 || lengthOf(entry) < 28) return null
  // The rate is a fixed-point number of 16.16 bits (12.2.3).
  return { channels: view.getUint16(entry.start + 16), sampleRate: view.getUint32(entry.start + 24) / 65_536 }
}

/** The boxes in a box, if they are exactly these. */
function childrenOf(view: DataView, box: Box | undefined, types: string): Box[] | null {
  const children = box ? boxesIn(view, box.start, box.end) : null
  return children && typesOf(children) === types ? children : null
}

/** The boxes that fill this range exactly; null where they do not. */
function boxesIn(view: DataView, from: number, to: number): Box[] | null {
  const boxes: Box[] = []
  for (let at = from; at < to; ) {
    if (at + 8 > to || boxes.length === 64) return null
    const size = view.getUint32(at)
    if (size < 8 || at + size > to) return null
    const type = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)))
    boxes.push({ type, start: at + 8, end: at + size })
    at += size
  }
  return boxes
}

function typesOf(boxes: readonly Box[]): string {
  return boxes.map(({ type }) => type).join(' ')
}

function lengthOf({ start, end }: Box): number {
  return end - start
}

function flagsOf(view: DataView, { start }: Box): number {
  return view.getUint32(start) & 0xffffff
}

function hasOtherFlags(view: DataView, box: Box, allowed: number): boolean {
  return (flagsOf(view, box) & ~allowed) !== 0
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
