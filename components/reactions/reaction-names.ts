import type { ReactionEmoji } from '#lib/domain/limits/limits.ts'

/** What each reaction is called: keys of the messages under `reactions`. */
export const reactionNames = {
  '🔥': 'fire',
  '❤️': 'heart',
  '🙌': 'hands',
  '😂': 'laugh',
  '🎉': 'party',
  '👏': 'clap',
} as const satisfies Record<ReactionEmoji, string>
