import sharp from 'sharp'
import { expect, inject, it } from 'vitest'
import { parseServerEnv } from '#lib/env/server.ts'
import { enterAs } from '#lib/testing/people.ts'
import { type Db, serviceDb } from '../db/clients.ts'
import { createSession } from './enter-session.ts'
import { storeArtwork } from './store-artwork.ts'

it('keeps a picture that everybody can see and only its owner’s sessions can show', async () => {
  const { url, publishableKey, secretKey } = inject('supabase')
  const env = parseServerEnv({
    SUPABASE_URL: url,
    SUPABASE_PUBLISHABLE_KEY: publishableKey,
    SUPABASE_SECRET_KEY: secretKey,
  })
  const [ana, bruno] = await Promise.all([enterAs('Ana'), enterAs('Bruno')])
  const picture = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#f60' } })
    .png()
    .toBuffer()

  const { artworkPath } = await storeArtwork(serviceDb(env), ana.id, picture)
  const response = await fetch(`${url}/storage/v1/object/public/media/${artworkPath}`)
  expect(response.headers.get('content-type')).toBe('image/webp')
  expect(response.headers.get('cache-control')).toContain('max-age=31536000')
  expect((await sharp(await response.arrayBuffer()).metadata()).format).toBe('webp')

  const session = { title: 'Noche', visibility: 'public', artworkPath } as const
  expect(await createSession(ana.db as unknown as Db, session)).toMatchObject({ slug: expect.any(String) })
  await expect(createSession(bruno.db as unknown as Db, session)).rejects.toMatchObject({
    code: 'invalid_input',
    field: 'artworkPath',
  })
})
