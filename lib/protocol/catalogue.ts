import { z } from 'zod'

/** A track that can be asked for in a session: as much of it as a list shows. */
export const catalogueTrackSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  artist: z.string().nullable(),
  durationInMs: z.number().int().positive(),
  /** Path in the bucket `media`. */
  artworkPath: z.string().nullable(),
  isStarter: z.boolean(),
  bpm: z.number().nullish(),
  musicalKey: z.string().nullish(),
})
export type CatalogueTrack = z.infer<typeof catalogueTrackSchema>

/** `GET /api/sessions/[id]/catalogue?q=`: a part of the title or of the artist; without it, everything. */
export const catalogueQuerySchema = z.object({ q: z.string().trim().max(100).default('') })
export const catalogueSchema = z.object({ tracks: z.array(catalogueTrackSchema) })
export type Catalogue = z.infer<typeof catalogueSchema>
