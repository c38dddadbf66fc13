'use client'
import useSWRInfinite from 'swr/infinite'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { useRoom } from '#components/room/use-room.ts'
import { type PeopleHere, peopleHereSchema } from '#lib/protocol/people-here.ts'
import type { Member } from '#lib/protocol/session-state.ts'

const refreshEveryInMs = 30_000

/** Names of those who are here, page by page, where the room is too large to know everybody; asked for while `isLarge`. */
export function usePeopleHere(isLarge: boolean) {
  const config = usePublicConfig()
  const sessionId = useRoom((view) => view.session.id)
  const path = `/api/sessions/${sessionId}/people`
  const pathOf = (_index: number, last: PeopleHere | null): string | null => {
    if (!isLarge || last?.next === null) return null
    return last ? `${path}?after=${last.next}` : path
  }
  const { data, error, size, setSize, isValidating, mutate } = useSWRInfinite(
    pathOf,
    (page: string) => authClientOf(config).request(page, peopleHereSchema),
    { refreshInterval: refreshEveryInMs, revalidateOnFocus: false },
  )
  const hasMore = data?.at(-1)?.next != null
  return {
    /** Null until the first page is there. */
    people: isLarge && data ? everybodyOnce(data) : null,
    /** Null where everybody is shown. */
    showMore: hasMore ? () => void setSize(size + 1) : null,
    isLoading: isValidating,
    hasFailed: error !== undefined,
    /** Asks again. */
    refresh: mutate,
  }
}

/** People come and go between two pages. */
function everybodyOnce(pages: readonly PeopleHere[]): Member[] {
  return [...new Map(pages.flatMap(({ people }) => people).map((person) => [person.userId, person])).values()]
}
