/** Opcodes of RFC 6455, 5.2. */
export const TEXT = 0x1
export const BINARY = 0x2

/**
 * A whole WebSocket message from the server (RFC 6455, 5.2: final, not masked), ready to be written to any
 * number of sockets. Preparing it once is what makes a fan-out to thousands cheap.
 */
export function encodeWebSocketFrame(opcode: typeof TEXT | typeof BINARY, payload: Uint8Array): Buffer {
  const size = payload.byteLength
  const lengthBytes = size < 126 ? 0 : size < 65_536 ? 2 : 8
  const frame = Buffer.allocUnsafe(2 + lengthBytes + size)
  frame[0] = 0x80 | opcode
  frame[1] = lengthBytes === 0 ? size : lengthBytes === 2 ? 126 : 127
  if (lengthBytes === 2) frame.writeUInt16BE(size, 2)
  if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(size), 2)
  frame.set(payload, 2 + lengthBytes)
  return frame
}
