/** An ISO BMFF box (ISO/IEC 14496-12, 4.2): where its content lies in the file. */
type Box = { type: string; start: number; end: number }

/** What a media segment says of itself, beside what its packets say. */
export type SegmentBoxes = { baseDecodeTime: number; sampleCount: number }

/**
 * Reads the frame of a media segment and takes nothing but what our encoder writes: `styp`? `sidx`? `moof` `mdat`, one
 * track, all bytes accounted for. A library reads around what it does not know; a player might not.
 * @returns null for anything else.
 */
export function readSegmentBoxes(bytes: Uint8Array): SegmentBoxes | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const top = boxesIn(view, 0, bytes.length)
  const types = top?.map((box) => box.type).join(' ')
  if (!top || !types || !/^(?:styp )?(?:sidx )?moof mdat$/.test(types)) return null
  const moof = top.find((box) => box.type === 'moof')
  const inMoof = moof && boxesIn(view, moof.start, moof.end)
  if (inMoof?.map((box) => box.type).join(' ') !== 'mfhd traf') return null
  const traf = inMoof[1]
  const inTraf = traf && boxesIn(view, traf.start, traf.end)
  if (inTraf?.map((box) => box.type).join(' ') !== 'tfhd tfdt trun') return null
  const [, tfdt, trun] = inTraf
  if (!tfdt || !trun || tfdt.end - tfdt.start < 8 || trun.end - trun.start < 8) return null
  const isLong = view.getUint8(tfdt.start) === 1
  if (isLong && tfdt.end - tfdt.start < 12) return null
  return {
    baseDecodeTime: isLong ? Number(view.getBigUint64(tfdt.start + 4)) : view.getUint32(tfdt.start + 4),
    sampleCount: view.getUint32(trun.start + 4),
  }
}

/** Whether this is an initialisation segment of one track without samples or anything beside it. */
export function isInitSegment(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const top = boxesIn(view, 0, bytes.length)
  if (top?.map((box) => box.type).join(' ') !== 'ftyp moov') return false
  const moov = top[1]
  const inMoov = moov && boxesIn(view, moov.start, moov.end)
  return inMoov?.filter((box) => box.type === 'trak').length === 1
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
