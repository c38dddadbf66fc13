'use client'
import { useRouter } from 'next/navigation'
import { useLocale } from 'next-intl'
import { useSWRConfig } from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'

/**
 * Enters as a guest; gives the code of a refusal, or null. The page is drawn again as that person, unless `onEntered` hears
 * who that is and sees to it.
 */
export function useEnter(
  onEntered?: (userId: string) => void,
): (name: string, captchaToken?: string) => Promise<ErrorCode | null> {
  const config = usePublicConfig()
  const router = useRouter()
  const locale = useLocale()
  const { mutate } = useSWRConfig()
  return async (name, captchaToken) => {
    try {
      const userId = await authClientOf(config).enterAsGuest(name, locale, captchaToken)
      // Not a whole new page, which would have to ask for sound again; whose session ran out here is forgotten all the same.
      await mutate(() => true, undefined, { revalidate: false })
      if (onEntered) onEntered(userId)
      else router.refresh()
      return null
    } catch (error) {
      return errorCodeOf(error)
    }
  }
}
