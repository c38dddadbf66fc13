/** A session's address, or its QR code's, with the invitation that opens it. */
export function withInvitation(address: string, token: string | null): string {
  return token === null ? address : `${address}?invitation=${encodeURIComponent(token)}`
}
