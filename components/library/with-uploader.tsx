'use client'
import { type ReactNode, useContext, useEffect } from 'react'
import { UploaderContext } from './uploader-context.ts'

/** Has the page's uploader ready for views that may want it, where this is for somebody who has a library here. */
export function WithUploader({ isEnabled, children }: { isEnabled: boolean; children: ReactNode }) {
  const { start } = useContext(UploaderContext)
  useEffect(() => {
    if (isEnabled) start()
  }, [isEnabled, start])
  return children
}
