'use client'
import useSWR from 'swr'
import { z } from 'zod'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { myPeopleSchema } from '#lib/protocol/profile.ts'

const path = '/api/me/people'
const nobody: ReadonlySet<string> = new Set()

/** Whom one follows and blocks, by id, and how to change it. */
export function useMyPeople() {
  const config = usePublicConfig()
  const { data, mutate } = useSWR(
    path,
    async () => {
      const { following, blocked } = await authClientOf(config).request(path, myPeopleSchema)
      const idsOf = (people: typeof following): ReadonlySet<string> =>
        new Set(people.map(({ userId }) => userId))
      return { following: idsOf(following), blocked: idsOf(blocked) }
    },
    { revalidateOnFocus: false },
  )
  /** @throws CodedError */
  const change = async (userId: string, kind: 'follow' | 'block', body: Record<string, boolean>) => {
    await authClientOf(config).request(`/api/people/${userId}/${kind}`, z.unknown(), body)
    await mutate()
  }
  return {
    following: data?.following ?? nobody,
    blocked: data?.blocked ?? nobody,
    follow: (userId: string, following: boolean) => change(userId, 'follow', { following }),
    block: (userId: string, blocked: boolean) => change(userId, 'block', { blocked }),
  }
}
