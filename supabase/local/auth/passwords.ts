import { AuthRefusal } from './errors.ts'
import { settings } from './settings.ts'

export function refuseWeakPassword(password: string): void {
  if (password.length >= settings.minimumPasswordLength) return
  const message = `Password should be at least ${settings.minimumPasswordLength} characters.`
  throw new AuthRefusal(422, 'weak_password', message)
}
