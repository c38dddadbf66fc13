'use client'
import { useMemo } from 'react'
import useSWR from 'swr'
import { z } from 'zod'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { myPeopleSchema } from '#lib/protocol/profile.ts'

const path = '/api/me/people'
const idsOf = (people: readonly { userId: string }[] = []): ReadonlySet<string> =>
  new Set(people.map(({ userId }) => userId))

/** Whom one follows and blocks, by id, and how to change it. */
export function useMyPeople() {
  const config = usePublicConfig()
  const { data, mutate } = useSWR(path, () => authClientOf(config).request(path, myPeopleSchema), {
    revalidateOnFocus: false,
  })
  // SWR takes any two sets for the same and would keep the first: it is given lists.
  const following = useMemo(() => idsOf(data?.following), [data])
  const blocked = useMemo(() => idsOf(data?.blocked), [data])
  /** @throws CodedError */
  const change = async (userId: string, kind: 'follow' | 'block', body: Record<string, boolean>) => {
    await authClientOf(config).request(`/api/people/${userId}/${kind}`, z.unknown(), body)
    await mutate()
  }
  return {
    following,
    blocked,
    follow: (userId: string, following: boolean) => change(userId, 'follow', { following }),
    block: (userId: string, blocked: boolean) => change(userId, 'block', { blocked }),
  }
}
