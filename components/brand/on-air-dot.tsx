/** The one thing that may be this colour: sound is going out right now. */
export function OnAirDot({ className = 'size-2.5' }: { className?: string }) {
  return (
    <span aria-hidden="true" className={`relative inline-flex shrink-0 ${className}`}>
      <span className="absolute inset-0 animate-pulse-air rounded-full bg-ember" />
    </span>
  )
}
