'use client'
import { useEffect } from 'react'
import { holdReload } from '#lib/client/service-worker/reload-holds.ts'

/** While `isHolding`, nobody is asked to load a newer version of the app: it would cut something off. */
export function useHoldReload(isHolding: boolean): void {
  useEffect(() => (isHolding ? holdReload() : undefined), [isHolding])
}
