import { randomBytes } from 'node:crypto'

export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const

/** A whole frame from a client (RFC 6455, section 5.2); clients mask, and a mask of zeros leaves the bytes as they are. */
export function clientFrame(payload: string | Buffer, opcode: number = opcodes.text): Buffer {
  const bytes = Buffer.from(payload)
  const head =
    bytes.length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | bytes.length])
      : Buffer.from([0x80 | opcode, 0x80 | 126, bytes.length >> 8, bytes.length & 0xff])
  return Buffer.concat([head, Buffer.alloc(4), bytes])
}

/** The headers that ask for a WebSocket (RFC 6455, section 4.1). */
export function upgradeHeaders(): Record<string, string> {
  return {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
  }
}

export type ServerFrame = { opcode: number; payload: Buffer }

/** Takes whole frames off the front; servers neither mask nor, in what is measured here, split messages. */
export function takeFrames(bytes: Buffer): { frames: ServerFrame[]; rest: Buffer } {
  const frames: ServerFrame[] = []
  let rest = bytes
  while (rest.length >= 2) {
    const short = rest.readUInt8(1) & 0x7f
    const headLength = short === 126 ? 4 : short === 127 ? 10 : 2
    if (rest.length < headLength) break
    const length =
      short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short
    if (rest.length < headLength + length) break
    frames.push({ opcode: rest.readUInt8(0) & 0x0f, payload: rest.subarray(headLength, headLength + length) })
    rest = rest.subarray(headLength + length)
  }
  return { frames, rest }
}
