import type { ReactNode } from 'react'
import { LightBars } from '#components/brand/light-bars.tsx'
import { anchors } from './anchors.ts'

type MessagePageProps = { title: string; text: ReactNode; children?: ReactNode }

/** A page with one thing to say and what to do about it. */
export function MessagePage({ title, text, children }: MessagePageProps) {
  return (
    <main
      id={anchors.content}
      className="relative mx-auto flex min-h-dvh w-full max-w-3xl flex-col justify-center gap-6 px-5 py-20"
    >
      <LightBars seed={title} count={36} tone="unlit" className="h-24 w-full" />
      <h1 className="display text-6xl sm:text-8xl">{title}</h1>
      <p className="max-w-prose text-lg text-muted">{text}</p>
      {children ? <div className="flex flex-wrap gap-3">{children}</div> : null}
    </main>
  )
}
