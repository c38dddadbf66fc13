import { expect, test } from '../../fixtures/people.ts'
import { enterAsGuest } from '../../fixtures/session.ts'

test('who is not there is told what to do', async ({ person }) => {
  const ana = await person('Ana')
  await enterAsGuest(ana)
  await ana.page.goto('/s/no-such-session')
  await expect(ana.page.getByRole('heading', { name: 'Nothing plays here' })).toBeVisible()
})
