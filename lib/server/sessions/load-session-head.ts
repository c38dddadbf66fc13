import 'server-only'
import { headers } from 'next/headers'
import { CodedError } from '#lib/protocol/errors.ts'
import { type SessionForVisitor, sessionForVisitorSchema } from '#lib/protocol/session-heads.ts'
import { callFunction } from '../db/call-function.ts'
import { personDb } from '../db/person-db.ts'
import { sharedAccess } from '../db/shared-access.ts'
import { appOrigin } from '../http/app-origin.ts'
import { shareAddress } from './share-address.ts'
import type { ShareLink } from './share-link.ts'

export type SessionPage = SessionForVisitor & {
  /** What others join by; its QR code is the picture `/api/qr/<slug>`. */
  share: ShareLink
}

/**
 * The session at an address, as this visitor may see it; null where there is none for them. A private one is seen by
 * its members and by who brings a valid invitation.
 * @throws CodedError
 */
export async function loadSessionHead(
  slug: string,
  invitation: string | null = null,
): Promise<SessionPage | null> {
  const args = { p_slug: slug, p_invitation: invitation }
  const head = await callFunction(await personDb(), 'session_by_slug', args, sessionForVisitorSchema).catch(
    nullWhereNotFound,
  )
  return head && { ...head, share: shareAddress(appOrigin(await headers()), slug) }
}

/** The session at an address as everybody may see it; null for a private one, and where there is none. @throws CodedError */
export function loadPublicHead(slug: string): Promise<SessionForVisitor | null> {
  const args = { p_slug: slug, p_invitation: null }
  return callFunction(sharedAccess().anonymous, 'session_by_slug', args, sessionForVisitorSchema).catch(
    nullWhereNotFound,
  )
}

function nullWhereNotFound(error: unknown): null {
  if (error instanceof CodedError && error.code === 'not_found') return null
  throw error
}
