import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import { type MyPeople, myPeopleSchema, type ProfilePage, profilePageSchema } from '#lib/protocol/profile.ts'
import { callFunction } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'

/** Whom one follows and blocks. @throws CodedError */
export function loadMyPeople(db: Db): Promise<MyPeople> {
  return callFunction(db, 'my_people', {}, myPeopleSchema)
}

/** The page of a person as this visitor sees it; null where nobody has the handle. @throws CodedError */
export async function loadProfilePage(db: Db, handle: string): Promise<ProfilePage | null> {
  try {
    return await callFunction(db, 'profile_page', { p_handle: handle }, profilePageSchema)
  } catch (error) {
    if (error instanceof CodedError && error.code === 'not_found') return null
    throw error
  }
}

const followingSchema = z.object({ following: z.boolean() })
const blockedSchema = z.object({ blocked: z.boolean() })

/** @throws CodedError */
export function follow(db: Db, userId: string, following: boolean) {
  return callFunction(db, 'follow', { p_user_id: userId, p_following: following }, followingSchema)
}

/** @throws CodedError */
export function block(db: Db, userId: string, blocked: boolean) {
  return callFunction(db, 'block', { p_user_id: userId, p_blocked: blocked }, blockedSchema)
}
