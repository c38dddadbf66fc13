'use client'
import { useEffect, useState } from 'react'

/** Whole seconds until an instant (ms of `performance.now()`), counted down; 0 once it is over or there is none. */
export function useSecondsLeft(endsAtInMs: number | null): number {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    if (endsAtInMs === null) return
    const tick = () => setSeconds(Math.max(0, Math.ceil((endsAtInMs - performance.now()) / 1000)))
    tick()
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [endsAtInMs])
  return endsAtInMs === null ? 0 : seconds
}
