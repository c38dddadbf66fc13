import { NextIntlClientProvider } from 'next-intl'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { type Room, RoomContext } from '#components/room/room-context.ts'
import type { Role } from '#lib/domain/permissions/permissions.ts'
import { en } from '#lib/i18n/messages/en.ts'
import type { RestrictedPeople } from '#lib/protocol/restricted-people.ts'
import { ModerationContext } from './moderation-context.ts'
import { useModerationItems } from './use-moderation-items.ts'

const eve = { userId: 'eve', name: 'Eve' }
const nobody: RestrictedPeople = { muted: [], banned: [] }
const unasked = () => {}
const { moderation: texts } = en
const mutes = [texts.muteTenMinutes, texts.muteAnHour, texts.muteTheEvening]

const useLabels = ({ role }: { role: Role }): string =>
  useModerationItems({ ...eve, role })
    .map(({ label }) => label)
    .join('|')

function labels(mine: Role, theirs: Role, restricted = nobody, myId = 'me'): string[] {
  const room = {
    session: { subscribe: () => () => {} },
    readView: () => ({ me: { userId: myId, role: mine } }),
  } as unknown as Room
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      <RoomContext value={room}>
        <ModerationContext
          value={{ ...restricted, hasFailed: false, decide: unasked, askBan: unasked, letIn: unasked }}
        >
          {createElement(useLabels, { role: theirs })}
        </ModerationContext>
      </RoomContext>
    </NextIntlClientProvider>,
  )
  return html === '' ? [] : html.split('|')
}

test('the DJ may mute, appoint and ban everybody else', () => {
  const { make, ban } = texts
  expect(labels('dj', 'listener')).toEqual([...mutes, make.moderator, make.co_dj, ban])
  expect(labels('dj', 'moderator')).toEqual([...mutes, make.co_dj, make.listener, ban])
  expect(labels('dj', 'co_dj')).toEqual([...mutes, make.moderator, make.listener, ban])
})

test('a moderator may mute and ban listeners alone, and appoints nobody', () => {
  expect(labels('moderator', 'listener')).toEqual([...mutes, texts.ban])
  for (const role of ['dj', 'co_dj', 'moderator'] as const) expect(labels('moderator', role)).toEqual([])
})

test('others may nothing, and nobody anything over themselves', () => {
  expect(labels('co_dj', 'listener')).toEqual([])
  expect(labels('listener', 'listener')).toEqual([])
  expect(labels('dj', 'dj', nobody, 'eve')).toEqual([])
})

test('who is muted can be let write, and who is banned can be let in, and nothing else', () => {
  expect(labels('moderator', 'listener', { ...nobody, muted: [{ userId: 'eve', until: 1 }] })).toEqual([
    texts.unmute,
    texts.ban,
  ])
  expect(labels('dj', 'listener', { ...nobody, banned: [eve] })).toEqual([texts.letIn])
})
