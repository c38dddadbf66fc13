'use client'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { silentRegion } from '#components/ui/silent-region.ts'
import type { DeskProblem } from '#lib/client/live/live-desk.ts'
import { type ErrorCode, statusByErrorCode } from '#lib/protocol/errors.ts'
import { useDesk } from './live-desk-context.ts'

/** Why it does not work, and what to do about it. */
export function LiveProblem() {
  const t = useTranslations()
  const problem = useDesk((state) => state.problem)
  return (
    <div role="alert" className={silentRegion}>
      {problem ? (
        <p className="flex items-start gap-2 text-sm text-warn">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          {isErrorCode(problem) ? t(`errors.${problem}`) : t(`live.problems.${problem}`)}
        </p>
      ) : null}
    </div>
  )
}

function isErrorCode(problem: DeskProblem): problem is ErrorCode {
  return problem in statusByErrorCode
}
