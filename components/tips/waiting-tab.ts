export type WaitingTab = {
  /** @returns false where the tab is closed already */
  goTo: (url: string) => boolean
  close: () => void
}

/**
 * A new tab for an address that is still to be asked for, which says so meanwhile. To be opened in the tap itself: a moment
 * later browsers would not let it. Null where they do not let it at all.
 */
export function openWaitingTab(title: string, text: string): WaitingTab | null {
  const tab = window.open('', '_blank')
  if (!tab) return null
  const { document: page } = tab
  page.title = title
  page.documentElement.lang = document.documentElement.lang
  page.documentElement.style.colorScheme = 'dark'
  const line = page.createElement('p')
  line.textContent = text
  page.body.append(line)
  return {
    goTo: (url) => {
      if (tab.closed) return false
      // What is shown there has nothing to do with this page.
      tab.opener = null
      tab.location.replace(url)
      return true
    },
    close: () => tab.close(),
  }
}
