import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { configured, projectDir } from '../config.ts'
import type { Metadata } from './fields.ts'

export type EmailPurpose = 'email' | 'recovery' | 'email_change'

/** The sections of config.toml. */
const templateNames: Record<EmailPurpose, string> = {
  email: 'magic_link',
  recovery: 'recovery',
  email_change: 'email_change',
}

/** An e-mail as a hosted project would write it, by the names that Supabase Auth gives to what it says. */
export function writeEmail(
  purpose: EmailPurpose,
  values: { Token: string; ConfirmationURL: string; Data: Metadata },
) {
  const section = `auth.email.template.${templateNames[purpose]}`
  const template = readFileSync(path.join(projectDir, textOf(section, 'content_path')), 'utf8')
  return {
    subject: renderTemplate(textOf(section, 'subject'), values),
    body: renderTemplate(template, values),
  }
}

export function writeTextMessage(code: string): string {
  return renderTemplate(textOf('auth.sms', 'template'), { Code: code })
}

/** Go's templates, as far as ours make use of them. */
export function renderTemplate(template: string, values: Metadata): string {
  const chosen = template.replace(
    /{{ if eq \.([\w.]+) "([^"]*)" }}(.*?){{ else }}(.*?){{ end }}/gs,
    (_all, name: string, text: string, same: string, other: string) =>
      valueAt(values, name) === text ? same : other,
  )
  return chosen.replace(/{{ (.*?) }}/gs, (_all, expression: string) => {
    if (!/^\.[\w.]+$/.test(expression)) throw new Error(`A template has {{ ${expression} }}: not known here.`)
    return escapeHtml(String(valueAt(values, expression.slice(1)) ?? ''))
  })
}

function valueAt(values: Metadata, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>((value, key) => z.record(z.string(), z.unknown()).safeParse(value).data?.[key], values)
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign)
}

function textOf(section: string, key: string): string {
  return z.string().parse(JSON.parse(configured(section, key) ?? 'null'))
}
