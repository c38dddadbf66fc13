import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

type TrialProps = { icon: LucideIcon; title: string; text: string; children: ReactNode }

/** A way to find the nudge out. */
export function Trial({ icon: Icon, title, text, children }: TrialProps) {
  return (
    <div className="bubble flex flex-col gap-3 border border-line bg-control/50 p-4">
      <h4 className="flex items-center gap-2 font-semibold">
        <Icon className="size-4 text-volt" aria-hidden="true" />
        {title}
      </h4>
      <p className="text-muted text-sm">{text}</p>
      {children}
    </div>
  )
}
