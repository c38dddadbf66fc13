/** The public address of a path in the bucket `media` (Storage's `object/public` route). */
export function mediaUrlOf(supabaseUrl: string, path: string): string {
  return `${supabaseUrl}/storage/v1/object/public/media/${path.split('/').map(encodeURIComponent).join('/')}`
}
