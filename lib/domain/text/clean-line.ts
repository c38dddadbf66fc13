/**
 * Makes one harmless line of a text that came from outside (tags, file names): control characters and all white space
 * become single spaces; what reorders text (Unicode bidi controls, UAX #9) or is invisible goes; at most `maxLength`
 * characters remain. Joiners stay, since emoji and several scripts need them.
 */
export function cleanLine(text: string, maxLength: number): string {
  const line = text
    .replace(/(?![\u200c\u200d])[\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .normalize('NFC')
    .trim()
  return [...line].slice(0, maxLength).join('').trim()
}
