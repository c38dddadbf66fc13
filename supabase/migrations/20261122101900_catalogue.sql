-- What can be asked for in a session (`askable_track`), as a list to choose from.

-- As much as a list needs, so without waveforms; the search is for a part of the title or of the artist.
create function private.session_catalogue(p_session_id uuid, p_search text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_search text := lower(coalesce(p_search, ''));
  v_tracks jsonb;
begin
  perform private.my_role(p_session_id);
  select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'title', t.title, 'artist', t.artist,
    'durationInMs', t.duration_ms, 'artworkPath', t.artwork_path, 'isStarter', t.is_starter)
    order by t.is_starter, lower(t.title), t.id), '[]') into v_tracks
  from (
    select t.* from public.tracks t join public.dj_sessions s on s.id = p_session_id
    where t.status = 'published' and (t.owner_id = s.dj_id or t.owner_id = private.me() or t.is_starter)
      and (strpos(lower(t.title), v_search) > 0 or strpos(lower(coalesce(t.artist, '')), v_search) > 0)
    order by t.is_starter, lower(t.title), t.id
    limit 200
  ) t;
  return jsonb_build_object('tracks', v_tracks);
end $$;

create function public.session_catalogue(p_session_id uuid, p_search text default null) returns jsonb
language sql stable set search_path = ''
return private.session_catalogue(p_session_id, p_search);

revoke all on function private.session_catalogue, public.session_catalogue from public, anon, authenticated, service_role;
grant execute on function private.session_catalogue, public.session_catalogue to authenticated;
