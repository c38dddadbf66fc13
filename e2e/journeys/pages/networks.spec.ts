import { expect, test } from '../../fixtures/people.ts'
import { join, startSession } from '../../fixtures/session.ts'
import {
  blockWebSockets,
  blockWebSocketsLater,
  bufferStreams,
  forgetWays,
  type ProxyAnswer,
  proxyAnswers,
  refuseStreams,
} from '../../fixtures/ways.ts'

test('a network that gets worse in the middle of the night loses nobody a message', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana', 'desktop')
  const webSockets = await blockWebSocketsLater(ana.page.context())
  const address = await startSession(dj, 'Bad hotel')
  await join(ana, address)
  const chat = ana.page.getByRole('region', { name: 'Chat of the session' })
  const say = async (text: string): Promise<void> => {
    const composer = dj.page.getByRole('textbox', { name: 'Write something' })
    await composer.fill(text)
    await composer.press('Enter')
    await expect(chat.getByText(text)).toBeVisible()
  }
  await say('over the socket')

  await test.step('WebSockets are blocked: the stream carries on', async () => {
    await webSockets.block()
    await say('over the stream')
    await expect.poll(() => [...ana.waysTaken]).toContain('sse')
  })

  await test.step('streams are kept back too: polling carries on, also after a reload', async () => {
    await bufferStreams(ana.page.context())
    await ana.page.reload()
    await say('by polling')
    await expect.poll(() => [...ana.waysTaken]).toContain('long_poll')
    for (const text of ['over the socket', 'over the stream'])
      await expect(chat.getByText(text)).toBeVisible()
  })

  for (const { name, complaints } of [dj, ana]) expect(complaints, name).toEqual([])
})

test('a proxy that refuses streams, in whatever words, costs nobody the room', async ({ person }) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana', 'desktop')
  await blockWebSockets(ana.page.context())
  const address = await startSession(dj, 'Office party')
  const chat = ana.page.getByRole('region', { name: 'Chat of the session' })
  let isIn = false

  for (const answer of Object.keys(proxyAnswers) as ProxyAnswer[]) {
    await test.step(`it answers ${answer}`, async () => {
      const timesRefused = await refuseStreams(ana.page.context(), answer)
      if (isIn) {
        await forgetWays(ana.page)
        await ana.page.reload()
      } else await join(ana, address, 'long_poll')
      isIn = true
      const text = `after ${answer}`
      const composer = dj.page.getByRole('textbox', { name: 'Write something' })
      await composer.fill(text)
      await composer.press('Enter')
      await expect(chat.getByText(text)).toBeVisible()
      await expect.poll(timesRefused).toBeGreaterThan(0)
    })
  }

  expect([...ana.waysTaken]).toEqual(['long_poll'])
  // The browser says of every answer of the proxy's that it was none.
  const others = ana.complaints.filter((complaint) => !/\/api\/sessions\/[^/]+\/events/.test(complaint))
  for (const complaints of [dj.complaints, others]) expect(complaints).toEqual([])
})

test('who has given a name is inside by one question, and known on the page that they go to from there', async ({
  person,
}) => {
  const dj = await person('Marta', 'desktop')
  const ana = await person('Ana')
  const address = await startSession(dj, 'Open door')
  const entries: string[] = []
  ana.page.on('request', (request) => {
    if (/\/sessions\/[^/]+\/join$/.test(request.url())) entries.push(request.method())
  })
  await join(ana, address)
  const composer = ana.page.getByRole('textbox', { name: 'Write something' })
  await composer.fill('already here')
  await composer.press('Enter')
  await expect(
    dj.page.getByRole('region', { name: 'Chat of the session' }).getByText('already here'),
  ).toBeVisible()
  expect(entries).toEqual(['POST'])
  await ana.page.getByRole('link', { name: 'Leave the room' }).click()
  await expect(ana.page.getByText('Hello, Ana')).toBeVisible()
  for (const { name, complaints } of [dj, ana]) expect(complaints, name).toEqual([])
})
