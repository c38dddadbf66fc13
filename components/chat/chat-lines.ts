import type { ViewMessage } from '#lib/client/session/view-state.ts'
import type { Tip } from '#lib/protocol/tips.ts'

export type ChatEntry =
  | { is: 'message'; id: string; message: ViewMessage; isContinued: boolean }
  | { is: 'tip'; id: string; tip: Tip }

const sameBreathInMs = 3 * 60_000

/** Messages and tips in the order in which they came. Whoever goes on writing is not named again, unless a tip is between. */
export function chatLines(messages: readonly ViewMessage[], tips: readonly Tip[]): ChatEntry[] {
  const entries: ChatEntry[] = []
  let before: ViewMessage | undefined
  let nextTip = 0
  const addTips = (until: number) => {
    for (let tip = tips[nextTip]; tip && tip.at <= until; tip = tips[++nextTip]) {
      entries.push({ is: 'tip', id: tip.tipId, tip })
      before = undefined
    }
  }
  for (const message of messages) {
    addTips(message.at)
    entries.push({ is: 'message', id: message.id, message, isContinued: isContinuation(before, message) })
    before = message
  }
  addTips(Number.POSITIVE_INFINITY)
  return entries
}

function isContinuation(before: ViewMessage | undefined, message: ViewMessage): boolean {
  return before?.authorId === message.authorId && message.at - before.at < sameBreathInMs
}
