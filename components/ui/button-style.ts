import { clsx } from 'clsx'

export type ButtonLook = 'signal' | 'outline' | 'quiet' | 'warn'
export type ButtonSize = 'medium' | 'large' | 'icon'

const base =
  'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap font-semibold transition-[background-color,color,border-color,transform] duration-150 ease-soft active:scale-[0.97] disabled:opacity-55 disabled:active:scale-100 aria-disabled:opacity-55'

const looks: Record<ButtonLook, string> = {
  signal: 'bg-volt text-on-volt hover:bg-volt-bright',
  outline: 'border border-edge text-text hover:border-text hover:bg-control',
  quiet: 'text-text hover:bg-control data-popup-open:bg-control',
  warn: 'bg-warn text-ground hover:bg-warn/85',
}

/** Nothing that is meant to be touched is smaller than 44 px. */
const sizes: Record<ButtonSize, string> = {
  medium: 'bubble min-h-11 px-4 text-[0.9375rem]',
  large: 'bubble min-h-14 px-7 text-lg',
  icon: 'size-11 rounded-full',
}

/** The classes of a button, for links that look like one. */
export function buttonStyle(
  look: ButtonLook = 'signal',
  size: ButtonSize = 'medium',
  className?: string,
): string {
  return clsx(base, looks[look], sizes[size], className)
}
