/** Limits that the interface shows and SQL enforces. Lengths are in characters, sizes in bytes, times in milliseconds. */
export const limits = {
  displayNameMaxLength: 40,
  handleMaxLength: 24,
  bioMaxLength: 300,
  linksMax: 5,
  linkMaxLength: 200,
  avatarPixels: 512,
  sessionTitleMaxLength: 80,
  invitationUsesMax: 10_000,
  messageMaxLength: 500,
  tipMessageMaxLength: 200,
  trackTitleMaxLength: 200,
  artworkMaxBytes: 5 * 1024 * 1024,
  artworkMaxPixels: 1024,
  muteMaxInMinutes: 7 * 24 * 60,
  waitingItemsPerPersonMax: 20,
  queueMaxLength: 500,
  catalogueMaxLength: 200,
  snapshotMessagesMax: 50,
  snapshotMembersMax: 200,
  heartbeatIntervalInMs: 5_000,
  leaseDurationInMs: 15_000,
  startLeadInMs: 1_000,
  nextCommittedAheadInMs: 15_000,
  pauseLeadInMs: 300,
  crossfadeMaxInMs: 12_000,
  loopMinLengthInMs: 2_000,
} as const

/** The reactions a listener can send. */
export const reactionEmojis = ['🔥', '❤️', '🙌', '😂', '🎉', '👏'] as const
export type ReactionEmoji = (typeof reactionEmojis)[number]
