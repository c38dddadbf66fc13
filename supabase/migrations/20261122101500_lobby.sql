-- What is shown of sessions before one is in them, also to those who are not signed in.

-- The public head of a session. Who has been seen in the last ten minutes counts, each person once; the DJ does not.
create function private.session_head(s public.dj_sessions) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'id', s.id, 'slug', s.slug, 'title', s.title, 'status', s.status, 'visibility', s.visibility,
    'artworkPath', s.artwork_path, 'djName', d.display_name, 'startedAt', private.to_ms(s.started_at),
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

-- The lobby: public sessions where somebody is, the liveliest first.
create function private.live_sessions() returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(head order by (head ->> 'listenerCount')::int desc, (head ->> 'startedAt')::bigint desc), '[]')
  from (
    select private.session_head(s) as head from public.dj_sessions s
    where s.status = 'live' and s.visibility = 'public' and exists (
      select from public.session_members m
      where m.session_id = s.id and m.last_seen_at > now() - interval '10 minutes')
    order by s.started_at desc limit 100
  ) heads
$$;

-- The head of the session at an address. A private one is shown to its members and to who holds a valid invitation;
-- for everybody else it does not exist.
create function private.session_by_slug(p_slug text, p_invitation text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  s public.dj_sessions;
  v_me uuid := auth.uid();
  v_role text;
begin
  select * into s from public.dj_sessions where slug = p_slug;
  select role into v_role from public.session_members where session_id = s.id and user_id = v_me;
  if s.id is null or (s.visibility = 'private' and v_role is null and not exists (
    select from public.session_invitations i
    where i.session_id = s.id and i.token_hash = private.token_hash(p_invitation)
      and i.revoked_at is null and i.expires_at > now() and i.uses < i.max_uses)) then
    perform private.refuse('not_found');
  end if;
  return private.session_head(s) || jsonb_build_object(
    'role', v_role,
    'banned', exists (select from public.session_bans where session_id = s.id and user_id = v_me));
end $$;
