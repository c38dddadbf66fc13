import { expect, it } from 'vitest'
import { nameTrack } from './name-track.ts'

it('takes title and artist from the tags', () => {
  expect(nameTrack({ title: 'Luz', artist: 'Mar' }, 'x.mp3')).toEqual({ title: 'Luz', artist: 'Mar' })
})

it.each([
  ['Mar - Luz.mp3', { title: 'Luz', artist: 'Mar' }],
  ['01 Luz.flac', { title: 'Luz', artist: null }],
  ['03. Mar - Luz - live.wav', { title: 'Luz - live', artist: 'Mar' }],
  ['my_song.ogg', { title: 'my song', artist: null }],
  ['1999.mp3', { title: '1999', artist: null }],
  ['.mp3', { title: '—', artist: null }],
])('reads the file name %s', (name, expected) => {
  expect(nameTrack({}, name)).toEqual(expected)
})

it('cleans what stands in the tags', () => {
  expect(nameTrack({ title: '\u202egnp.exe', artist: ' \n ' }, 'x.mp3')).toEqual({
    title: 'gnp.exe',
    artist: null,
  })
})
