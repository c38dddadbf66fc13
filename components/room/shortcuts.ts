/** The single keys of the room. Listeners have some, the DJ has all. */
export type Shortcut = 'listen' | 'play' | 'next' | 'chat' | 'ask' | 'help' | `react${1 | 2 | 3 | 4 | 5 | 6}`

const shortcutByKey: Readonly<Record<string, Shortcut>> = {
  m: 'listen',
  ' ': 'play',
  n: 'next',
  c: 'chat',
  a: 'ask',
  '?': 'help',
  '1': 'react1',
  '2': 'react2',
  '3': 'react3',
  '4': 'react4',
  '5': 'react5',
  '6': 'react6',
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'defaultPrevented' | 'repeat'>

/**
 * What a key means. Keys belong to whatever is being typed into first: `isTaken` says that the focus is in a field that
 * takes text, a dialog or a menu; Space also belongs to a focused button, radio button or checkbox.
 */
export function shortcutFor(
  pressed: Pressed,
  focus: { isTaken: boolean; isOnButton: boolean },
): Shortcut | null {
  const { key, ctrlKey, metaKey, altKey, defaultPrevented, repeat } = pressed
  if (ctrlKey || metaKey || altKey || defaultPrevented || repeat || focus.isTaken) return null
  if (key === ' ' && focus.isOnButton) return null
  return shortcutByKey[key.toLowerCase()] ?? null
}

/** What the focus is on, as far as keys are concerned. */
export function focusOf(element: Element | null): { isTaken: boolean; isOnButton: boolean } {
  const inputType = element?.closest('input')?.type ?? ''
  const isOnTick = inputType === 'radio' || inputType === 'checkbox'
  const takesText = inputType !== '' && inputType !== 'range' && !isOnTick
  return {
    isTaken:
      takesText ||
      element?.closest('textarea, select, [contenteditable], [role=dialog], [role=menu]') != null,
    isOnButton: isOnTick || element?.closest('button, a, summary, [role=tab], [role=switch]') != null,
  }
}
