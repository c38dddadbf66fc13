import { describe, expect, it } from 'vitest'
import { chooseDecks } from './choose-decks.ts'

const program = (key: string, track = key) => ({ key, media: { playlistPath: `tracks/${track}` } })
const deck = (key: string | null, track: string | null = key) => ({
  key,
  loadedPath: track && `tracks/${track}`,
})

const keys = (...args: Parameters<typeof chooseDecks>) =>
  chooseDecks(...args).map((chosen) => chosen?.key ?? null)

describe('chooseDecks', () => {
  it.each([
    ['leaves passages where they are', [deck('b'), deck('a')], ['a', 'b'], ['b', 'a']],
    ['gives an empty deck to what comes', [deck('a'), deck(null)], ['a', 'b'], ['a', 'b']],
    ['replaces what is over', [deck('a'), deck('b')], ['b', 'c'], ['c', 'b']],
    ['prefers an empty deck to one that fades out', [deck(null, 'a'), deck(null)], ['b'], [null, 'b']],
    ['takes nothing that is wanted', [deck('a'), deck('b')], ['a'], ['a', null]],
    ['has no more decks than there are', [deck('a'), deck('b')], ['a', 'b', 'c'], ['a', 'b']],
  ])('%s', (_name, decks, wanted, expected) => {
    const programs = wanted.map((key) => program(key))
    expect(keys(decks, programs)).toEqual(expected)
  })

  it('finds the deck that has the playlist loaded: one that stands by, or that had the last pass of a loop', () => {
    expect(keys([deck('a'), deck('head', 'b')], [program('b')])).toEqual([null, 'b'])
    expect(keys([deck('a#1', 'a'), deck('a#2', 'a')], [program('a#2', 'a'), program('a#3', 'a')])).toEqual([
      'a#3',
      'a#2',
    ])
  })
})
