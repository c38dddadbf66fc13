import { invalidKey } from './errors.ts'

/** The characters that Supabase Storage allows in a key. */
const ALLOWED = /^[\w/!\-.*'() &$@=;:+,?]+$/
const MAX_LENGTH = 1024

/**
 * Checks an object's key. Bytes are never stored under a key's name, so a key cannot escape the data folder;
 * `.` and `..` are refused all the same, because clients and proxies resolve them.
 */
export function checkKey(key: string): string {
  const isAllowed = key.length <= MAX_LENGTH && ALLOWED.test(key)
  const steps = key.split('/')
  if (!isAllowed || steps.some((step) => step === '' || step === '.' || step === '..')) throw invalidKey(key)
  return key
}

/** Checks a bucket's name. */
export function checkBucketName(name: string): string {
  const isAllowed = name.length <= 100 && /^[\w!\-.*'() &$@=;:+,?]+$/.test(name) && name.trim() === name
  if (!isAllowed || name === '.' || name === '..') throw invalidKey(name)
  return name
}
