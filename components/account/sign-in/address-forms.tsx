'use client'
import { useTranslations } from 'next-intl'
import { type ComponentProps, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Channel, SignInWays } from '#lib/protocol/sign-in.ts'
import { CodeForm } from './code-form.tsx'

type AddressFormsProps = Omit<ComponentProps<typeof CodeForm>, 'channel'> & { ways: SignInWays }

/** By phone or by e-mail: one of the two at a time. */
export function AddressForms({ ways, ...rest }: AddressFormsProps) {
  const t = useTranslations('signIn')
  const channels: Channel[] = [
    ...(ways.phone ? ['phone' as const] : []),
    ...(ways.email ? ['email' as const] : []),
  ]
  const [chosen, setChosen] = useState<Channel | undefined>()
  const channel = chosen ?? channels[0]
  if (!channel) return null
  return (
    <div className="flex flex-col gap-4">
      {channels.length > 1 ? (
        <fieldset className="flex gap-2">
          <legend className="sr-only">{t('by')}</legend>
          {channels.map((one) => (
            <Button
              key={one}
              look={one === channel ? 'outline' : 'quiet'}
              aria-pressed={one === channel}
              onClick={() => setChosen(one)}
            >
              {t(`${one}Tab`)}
            </Button>
          ))}
        </fieldset>
      ) : null}
      <CodeForm key={channel} channel={channel} {...rest} />
    </div>
  )
}
