/** What others join by, and who can: made by the server, which knows the network. */
export type Share = {
  url: string
  reach: 'everybody' | 'same_network' | 'this_computer'
  /** Where the link's QR code is, as a picture. */
  qrPath: string
}
