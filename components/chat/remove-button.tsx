'use client'
import { X } from 'lucide-react'
import { useIsAllowed } from '#components/room/use-room.ts'
import { buttonStyle } from '#components/ui/button-style.ts'

/** Takes away what somebody wrote; there for who moderates. Seen while the line, a `group`, is pointed at. */
export function RemoveButton({ label, onRemove }: { label: string; onRemove: () => void }) {
  const mayModerate = useIsAllowed('moderate')
  if (!mayModerate) return null
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onRemove}
      className={buttonStyle(
        'quiet',
        'icon',
        'text-muted opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-70',
      )}
    >
      <X className="size-4" aria-hidden="true" />
    </button>
  )
}
