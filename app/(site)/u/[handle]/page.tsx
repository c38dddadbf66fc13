import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { ProfileView } from '#components/profile/profile-view.tsx'
import { anchors } from '#components/shell/anchors.ts'
import { SiteFooter } from '#components/shell/site-footer.tsx'
import { SiteHeader } from '#components/shell/site-header.tsx'
import { handleSchema, type ProfilePage } from '#lib/protocol/profile.ts'
import { loadMe } from '#lib/server/accounts/load-me.ts'
import { loadProfilePage } from '#lib/server/accounts/people.ts'
import { personDb } from '#lib/server/db/person-db.ts'

type PersonPageProps = { params: Promise<{ handle: string }> }

const loadPerson = cache(async (handle: string): Promise<ProfilePage | null> => {
  const known = handleSchema.safeParse(handle)
  return known.success ? loadProfilePage(await personDb(), known.data) : null
})

export async function generateMetadata({ params }: PersonPageProps): Promise<Metadata> {
  const person = await loadPerson((await params).handle)
  return person ? { title: person.displayName, description: person.bio } : {}
}

export default async function PersonPage({ params }: PersonPageProps) {
  const [me, profile] = await Promise.all([loadMe(), loadPerson((await params).handle)])
  if (!profile) notFound()
  return (
    <>
      <SiteHeader me={me} />
      <main id={anchors.content} className="mx-auto w-full max-w-3xl px-4 py-10 sm:px-8 sm:py-14">
        <ProfileView profile={profile} isSignedIn={me !== null} />
      </main>
      <SiteFooter />
    </>
  )
}
