/**
 * The mark: a speech bubble whose words are sound. The five bars are a waveform and, read together, the letter W.
 */
export function Mark({ className }: { className?: string | undefined }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <path
        className="fill-volt"
        d="M10.5 1.5h11A9.5 9.5 0 0 1 31 11v8.5a9.5 9.5 0 0 1-9.5 9.5H3.2C2 29 1 28 1 26.8V11a9.5 9.5 0 0 1 9.5-9.5Z"
      />
      <path
        className="stroke-on-volt"
        strokeWidth="2.9"
        strokeLinecap="round"
        d="M7.2 9.4v11.8M11.6 13.4v8.2M16 10.6v9.2M20.4 13.4v8.2M24.8 9.4v11.8"
      />
    </svg>
  )
}
