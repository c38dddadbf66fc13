const productName = 'whatssound'
const offices = [
  'admin',
  'administrador',
  'administradora',
  'administrator',
  'moderador',
  'moderadora',
  'moderator',
  'oficial',
  'official',
  'sistema',
  'soporte',
  'staff',
  'support',
  'system',
]

/** What looks alike in ASCII is one (after UTS #39, in a small form). The SQL function `handle_skeleton` computes the same. */
const skeletonOf = (letters: string) =>
  letters
    .toLowerCase()
    .replace(/[0_]/g, (sign) => (sign === '0' ? 'o' : ''))
    .replace(/[1i]/g, 'l')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')

/**
 * Whether a name would speak for the product: its name anywhere, or an office as the whole, however it is spelled. SQL decides
 * (`is_reserved_name`); this says so before an account is made. `reserved-name.cases.json` tests both.
 */
export function isReservedName(name: string): boolean {
  const skeleton = skeletonOf(name.normalize('NFKD').replace(/[^A-Za-z0-9]/g, ''))
  return (
    skeleton.includes(skeletonOf(productName)) || offices.some((office) => skeletonOf(office) === skeleton)
  )
}
