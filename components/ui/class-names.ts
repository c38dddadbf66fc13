import { clsx } from 'clsx'

/** Classes joined, the absent ones left out. */
export const classNames = clsx
