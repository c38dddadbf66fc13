declare module 'http_ece' {
  import type { ECDH } from 'node:crypto'

  /** Decrypts encrypted content coding (RFC 8188) as a receiver of Web Push does (RFC 8291). */
  export function decrypt(
    buffer: Buffer,
    params: { version: 'aes128gcm'; privateKey: ECDH; authSecret: string },
  ): Buffer
}
