'use client'
import { usePublicConfig } from '#components/app/public-config.ts'
import { uploadLimits } from '#lib/domain/limits/upload-limits.ts'
import { useMyPlan } from './use-my-plan.ts'

const minuteInMs = 60_000

/** What one may add to one's library; until that is known, what everybody may. */
export function useMyLimits(): { trackMaxInMinutes: number; originalMaxBytes: number } {
  const { maxTrackMinutes } = usePublicConfig()
  const limits = useMyPlan().plan?.limits
  if (!limits) return { trackMaxInMinutes: maxTrackMinutes, originalMaxBytes: uploadLimits.originalMaxBytes }
  return {
    trackMaxInMinutes: limits.trackMaxInMs / minuteInMs,
    originalMaxBytes: limits.originalMaxBytes,
  }
}
