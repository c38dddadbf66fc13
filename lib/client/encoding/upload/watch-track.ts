import type { SupabaseClient } from '@supabase/supabase-js'

/** Calls back whenever one's own track changed (Postgres Changes), and once the channel hears; returns the unsubscribe. */
export function createTrackWatcher(supabase: Pick<SupabaseClient, 'channel' | 'removeChannel'>) {
  return (trackId: string, onChange: () => void): (() => void) => {
    const filter = `id=eq.${trackId}`
    const channel = supabase
      .channel(`track:${trackId}`)
      .on('postgres_changes', { event: 'UPDATE', schema: 'public', table: 'tracks', filter }, onChange)
      .subscribe((status) => {
        // What happened before the channel heard is asked for now.
        if (status === 'SUBSCRIBED') onChange()
      })
    return () => void supabase.removeChannel(channel)
  }
}
