-- The head of a session leads to the page of its DJ, where they have one. As before, with `djHandle`.
create or replace function private.session_head(s public.dj_sessions) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'id', s.id, 'slug', s.slug, 'title', s.title, 'status', s.status, 'visibility', s.visibility,
    'artworkPath', s.artwork_path, 'djName', d.display_name, 'djHandle', d.handle,
    'startedAt', private.to_ms(s.started_at),
    'listenerCount', (
      select count(*) from public.session_members m
      where m.session_id = s.id and m.role <> 'dj' and m.last_seen_at > now() - interval '10 minutes'),
    'nowPlaying', (
      select jsonb_build_object('title', t.title, 'artist', t.artist, 'artworkPath', t.artwork_path)
      from public.playback p
      join public.queue_items i on i.id = case
        when p.next_starts_at_ms <= private.now_ms() then p.next_item_id else p.current_item_id end
      join public.tracks t on t.id = i.track_id
      where p.session_id = s.id and p.status <> 'idle'))
  from public.profiles d where d.id = s.dj_id
$$;
