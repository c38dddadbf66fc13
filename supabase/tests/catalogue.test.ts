import { beforeEach, describe, expect, it } from 'vitest'
import { catalogueSchema } from '#lib/protocol/catalogue.ts'
import { type Actor, person, refused } from './people.ts'
import { publishedTrack, type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let ben: Actor
let party: Room

beforeEach(async () => {
  ;[dj, ana, ben] = await Promise.all([person('DJ Sol'), person('Ana'), person('Ben')])
  party = await room(dj, [ana])
})

const titles = async (who: Actor, search: string | null = null) => {
  const answer = await who.call('session_catalogue', { p_session_id: party.id, p_search: search })
  return catalogueSchema
    .parse(answer)
    .tracks.filter(({ isStarter }) => !isStarter)
    .map(({ title }) => title)
}

describe("a session's catalogue", () => {
  it("shows a listener the DJ's published music and her own, and nobody else's", async () => {
    await publishedTrack(dj, { title: 'Bolero' })
    await publishedTrack(ana, { title: "Ana's song" })
    await publishedTrack(ben, { title: "Ben's song" })
    expect(await titles(ana)).toEqual(["Ana's song", 'Bolero'])
  })

  it('is searched by a part of the title, in any case, and wildcards are only letters', async () => {
    await publishedTrack(dj, { title: 'Bolero' })
    await publishedTrack(dj, { title: '100% Disco' })
    expect(await titles(ana, 'OLER')).toEqual(['Bolero'])
    expect(await titles(ana, '%')).toEqual(['100% Disco'])
  })

  it('is closed to those outside the room', async () => {
    expect(await refused(titles(ben))).toBe('not_allowed')
  })

  it("lets a listener ask for the DJ's music, though it was never in the queue", async () => {
    const item = await party.ask(ana, await publishedTrack(dj, { title: 'Bolero' }))
    const { queue } = await party.snapshot(ana)
    expect(queue.find(({ id }) => id === item)).toMatchObject({ addedBy: ana.id, track: { title: 'Bolero' } })
  })
})
