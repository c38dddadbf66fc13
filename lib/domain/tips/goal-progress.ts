/** How far a session's goal is: the share that is there, and its percents, which say 100 only once it is reached. */
export type GoalProgress = { share: number; percent: number; isReached: boolean }

export function goalProgress(raisedInMinorUnits: number, goalInMinorUnits: number): GoalProgress {
  const share = Math.min(1, Math.max(0, raisedInMinorUnits / goalInMinorUnits))
  return { share, percent: Math.floor(share * 100), isReached: share === 1 }
}
