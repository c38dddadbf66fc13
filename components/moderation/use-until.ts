'use client'
import { useFormatter } from 'next-intl'

const time = { hour: '2-digit', minute: '2-digit' } as const
const dateAndTime = { dateStyle: 'medium', timeStyle: 'short' } as const
const day = { dateStyle: 'short' } as const

/** An instant (epoch milliseconds) in words: the time alone where it is today, else with its date. */
export function useUntil(): (untilInMs: number) => { isToday: boolean; time: string } {
  const format = useFormatter()
  return (untilInMs) => {
    const isToday = format.dateTime(untilInMs, day) === format.dateTime(Date.now(), day)
    return { isToday, time: format.dateTime(untilInMs, isToday ? time : dateAndTime) }
  }
}
