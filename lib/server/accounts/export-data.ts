import { downloadZip } from 'client-zip'
import { z } from 'zod'
import { renditionNames } from '#lib/protocol/tracks.ts'
import { callFunction } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'
import { mediaBucket, trackFolder } from '../media/media-storage.ts'

type ZipFile = { name: string; input: string | Blob | AsyncIterable<Uint8Array<ArrayBuffer>> }

/** What is read of it; everything else is passed on as it is. */
const dataSchema = z.looseObject({
  profile: z.looseObject({ avatar_path: z.string().nullable() }),
  tracks: z.array(
    z.looseObject({
      id: z.uuid(),
      title: z.string(),
      artist: z.string().nullable(),
      artwork_path: z.string().nullable(),
      renditions: z.array(z.looseObject({ name: z.string() })).nullable(),
    }),
  ),
  sessions: z.array(z.looseObject({ id: z.uuid(), artwork_path: z.string().nullable() })),
})
type Data = z.infer<typeof dataSchema>
type Track = Data['tracks'][number]

/**
 * A ZIP of all that is kept about a person: a JSON file for each topic, and their pictures and music. It is streamed, one
 * file after the other, so that a library of any size passes.
 * @throws CodedError
 */
export async function exportData({ db, service, userId }: { db: Db; service: Db; userId: string }) {
  const data = await callFunction(db, 'export_my_data', {}, dataSchema)
  return downloadZip(files(data, service, userId), { buffersAreUTF8: true })
}

async function* files(data: Data, service: Db, userId: string): AsyncGenerator<ZipFile> {
  for (const [topic, content] of Object.entries(data))
    yield { name: `${topic}.json`, input: `${JSON.stringify(content, null, 2)}\n` }
  yield* picture(service, 'pictures/profile.webp', data.profile.avatar_path)
  for (const { id, artwork_path } of data.sessions)
    yield* picture(service, `pictures/session-${id}.webp`, artwork_path)
  for (const track of data.tracks) yield* music(service, userId, track)
}

async function* picture(service: Db, name: string, path: string | null): AsyncGenerator<ZipFile> {
  const { data } = path ? await service.storage.from(mediaBucket).download(path) : { data: null }
  if (data) yield { name, input: data }
}

/** The best rendition as one file: an initialisation segment and its media segments are an MP4 (ISO/IEC 14496-12). */
async function* music(service: Db, userId: string, track: Track): AsyncGenerator<ZipFile> {
  const folder = trackFolder(userId, track.id)
  const names = (track.renditions ?? []).map(({ name }) => name)
  const best = [...renditionNames].reverse().find((name) => names.includes(name))
  const title = [track.artist, track.title].filter(Boolean).join(' - ')
  const name = `music/${title.replace(/[\\/:*?"<>|]/g, '_').slice(0, 120)} ${track.id.slice(0, 8)}`
  if (best) yield { name: `${name}.m4a`, input: segments(service, `${folder}/${best}`) }
  yield* picture(service, `${name}.webp`, track.artwork_path)
}

const pageSize = 1_000

async function* segments(service: Db, folder: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const bucket = service.storage.from(mediaBucket)
  yield* bytes(service, `${folder}/init.mp4`)
  for (let offset = 0; ; offset += pageSize) {
    const { data, error } = await bucket.list(folder, {
      limit: pageSize,
      offset,
      sortBy: { column: 'name', order: 'asc' },
    })
    if (error) throw error
    for (const { name } of data) if (name.endsWith('.m4s')) yield* bytes(service, `${folder}/${name}`)
    if (data.length < pageSize) return
  }
}

async function* bytes(service: Db, path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { data, error } = await service.storage.from(mediaBucket).download(path)
  if (error) throw error
  yield new Uint8Array(await data.arrayBuffer())
}
