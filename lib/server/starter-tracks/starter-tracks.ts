import type { Stereo } from '#lib/domain/audio/mix-to-stereo.ts'
import { renderNeonKiosk } from './pieces/neon-kiosk.ts'
import { renderPatioLights } from './pieces/patio-lights.ts'
import { renderSlowTide } from './pieces/slow-tide.ts'

/** A piece of the product's own, so that a newcomer without files can play at once. */
export type StarterTrack = {
  /** Changes with the music: what lies in Storage is never changed under its path. */
  id: string
  title: string
  artist: string
  beatsPerMinute: number
  render: () => Stereo
}

const artist = 'WhatsSound House Band'

/** Composed and rendered by this repository's code, the same every time. */
export const starterTracks: readonly StarterTrack[] = [
  {
    id: '5a0f0001-57a7-4e00-8000-000000000001',
    title: 'Patio Lights',
    artist,
    beatsPerMinute: 118,
    render: renderPatioLights,
  },
  {
    id: '5a0f0002-57a7-4e00-8000-000000000001',
    title: 'Slow Tide',
    artist,
    beatsPerMinute: 74,
    render: renderSlowTide,
  },
  {
    id: '5a0f0003-57a7-4e00-8000-000000000001',
    title: 'Neon Kiosk',
    artist,
    beatsPerMinute: 126,
    render: renderNeonKiosk,
  },
]
