'use client'
import { Tabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

type SideTabsProps = {
  label: string
  tabs: readonly SideTab[]
  /** The one that was opened last, which need not be among these: then the first is open. */
  opened: string
  onOpen: (value: string) => void
}
type SideTab = { value: string; label: string; count?: number; panel: ReactNode }

/** Several parts of the room in one place, one at a time. */
export function SideTabs({ label, tabs, opened, onOpen }: SideTabsProps) {
  const shown = tabs.find(({ value }) => value === opened) ?? tabs[0]
  return (
    <Tabs.Root value={shown?.value} onValueChange={onOpen} className="flex min-h-0 flex-1 flex-col">
      <Tabs.List aria-label={label} className="relative flex shrink-0 border-line border-b px-2">
        {tabs.map(({ value, label, count }) => (
          <Tabs.Tab
            key={value}
            value={value}
            className="flex min-h-12 flex-1 items-center justify-center gap-2 font-medium text-muted transition-colors hover:text-text data-active:text-text lg:flex-none lg:px-4"
          >
            {label}
            {count ? <span className="figures text-muted text-sm">{count}</span> : null}
          </Tabs.Tab>
        ))}
        <Tabs.Indicator className="absolute bottom-0 left-0 h-0.5 w-(--active-tab-width) translate-x-(--active-tab-left) bg-volt transition-[translate,width] duration-200 ease-soft" />
      </Tabs.List>
      {tabs.map(({ value, panel }) => (
        <Tabs.Panel
          key={value}
          value={value}
          className="flex min-h-0 flex-1 flex-col focus-visible:-outline-offset-2"
        >
          {panel}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}
