import { afterEach, expect, test, vi } from 'vitest'
import { openWaitingTab } from './waiting-tab.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

function fakeTab() {
  const element = () => ({ textContent: '' })
  return {
    closed: false,
    opener: {} as object | null,
    location: { replace: vi.fn() },
    close: vi.fn(),
    document: {
      title: '',
      documentElement: { lang: '', style: { colorScheme: '' } },
      createElement: element,
      body: { append: vi.fn() },
    },
  }
}

function stubBrowser(tab: ReturnType<typeof fakeTab> | null): void {
  vi.stubGlobal('window', { open: () => tab })
  vi.stubGlobal('document', { documentElement: { lang: 'es' } })
}

test('the tab says in the language of the page what it waits for', () => {
  const tab = fakeTab()
  stubBrowser(tab)
  openWaitingTab('Preparing', 'It goes on by itself.')
  expect(tab.document).toMatchObject({ title: 'Preparing', documentElement: { lang: 'es' } })
  expect(tab.document.body.append).toHaveBeenCalledExactlyOnceWith({ textContent: 'It goes on by itself.' })
})

test('what it goes to cannot reach back', () => {
  const tab = fakeTab()
  stubBrowser(tab)
  expect(openWaitingTab('', '')?.goTo('https://checkout.example/1')).toBe(true)
  expect(tab.opener).toBeNull()
  expect(tab.location.replace).toHaveBeenCalledExactlyOnceWith('https://checkout.example/1')
})

test('where no tab is, or it was closed meanwhile, that is said', () => {
  stubBrowser(null)
  expect(openWaitingTab('', '')).toBeNull()
  stubBrowser({ ...fakeTab(), closed: true })
  expect(openWaitingTab('', '')?.goTo('https://checkout.example/1')).toBe(false)
})
