/** How a file of each kind begins; a letter per byte, a full stop for any byte. */
const beginnings = ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'GIF87a', 'GIF89a', 'RIFF....WEBP'] as const

/** Whether bytes begin like a JPEG, PNG, GIF or WebP, by the signatures of their specifications. */
export function isPlainPicture(bytes: Uint8Array): boolean {
  return beginnings.some(
    (beginning) =>
      bytes.length > beginning.length &&
      Array.from(beginning).every((letter, index) => letter === '.' || letter.charCodeAt(0) === bytes[index]),
  )
}
