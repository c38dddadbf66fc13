/** What each role may do. The interface hides what is not allowed; SQL (`is_allowed`) is what forbids it. */
export type Role = 'dj' | 'co_dj' | 'moderator' | 'listener'

export type Permission = 'chat' | 'ask' | 'vote' | 'react' | 'play' | 'order_queue' | 'moderate' | 'manage'

const permissionsByRole: Record<Role, readonly Permission[]> = {
  dj: ['chat', 'ask', 'vote', 'react', 'play', 'order_queue', 'moderate', 'manage'],
  co_dj: ['chat', 'ask', 'vote', 'react', 'play', 'order_queue'],
  moderator: ['chat', 'ask', 'vote', 'react', 'moderate'],
  listener: ['chat', 'ask', 'vote', 'react'],
}

/** Whether a role may do something. */
export function isAllowed(role: Role, permission: Permission): boolean {
  return permissionsByRole[role].includes(permission)
}

/** Whether somebody may mute or ban somebody else: nobody may the DJ, and only the DJ co-DJs and moderators. */
export function mayModerate(mine: Role, theirs: Role): boolean {
  return (
    isAllowed(mine, 'moderate') && theirs !== 'dj' && (theirs === 'listener' || isAllowed(mine, 'manage'))
  )
}
