-- Who is still here: every client says so again and again, whatever way it listens by. Who lost power or network says no
-- goodbye: Realtime notices after a minute, a hub behind a proxy perhaps never. One row a member, overwritten; losing them
-- in a crash costs some seconds: unlogged. A sign counts until two more were due, and a second.
create unlogged table private.signs_of_life (
  session_id uuid not null,
  user_id uuid not null,
  counts_until timestamptz not null,
  primary key (session_id, user_id),
  -- Whoever leaves, or is banned, takes theirs along.
  foreign key (session_id, user_id) references public.session_members on delete cascade
) with (fillfactor = 50);
alter table private.signs_of_life enable row level security;

-- For the app alone: takes the signs of as many people as gave one in the same moment (three arrays of one length, the last
-- of how often each gives them), and tells for some sessions who of those that gave signs is silent. After another 73 s
-- Realtime has noticed by itself, and a hub has been told. Of people who are no members nothing is taken.
create function private.hear_signs(p_session_ids uuid[], p_user_ids uuid[], p_every_ms int[], p_watched uuid[]) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
begin
  insert into private.signs_of_life (session_id, user_id, counts_until)
  select m.session_id, m.user_id, v_now + (2 * given.every_ms + 1000) * interval '1 millisecond'
  from (
    select session_id, user_id, max(every_ms) as every_ms
    from unnest(p_session_ids, p_user_ids, p_every_ms) as sign (session_id, user_id, every_ms)
    group by session_id, user_id) given
  join public.session_members m on m.session_id = given.session_id and m.user_id = given.user_id
  -- In one order, so that two of the app's processes do not wait for each other in a circle.
  order by m.session_id, m.user_id
  on conflict (session_id, user_id) do update set counts_until = greatest(signs_of_life.counts_until, excluded.counts_until);
  -- As JSON first: to put thousands of ids as one jsonb into another takes a tenth of a millisecond for each.
  return (
    select coalesce(json_object_agg(session_id, user_ids)::jsonb, '{}')
    from (
      select session_id, json_agg(user_id order by counts_until desc) as user_ids
      from private.signs_of_life
      where session_id = any (p_watched)
        and counts_until between v_now - interval '73 seconds' and v_now
      group by session_id
    ) silent);
end $$;

-- As before, without those who gave signs of life and are silent now.
create or replace function private.session_head(s public.dj_sessions) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'id', s.id, 'slug', s.slug, 'title', s.title, 'status', s.status, 'visibility', s.visibility,
    'artworkPath', s.artwork_path, 'djName', d.display_name, 'djHandle', d.handle,
    'startedAt', private.to_ms(s.started_at),
    'listenerCount', (
      select count(*) from public.session_members m
      where m.session_id = s.id and m.role <> 'dj' and m.last_seen_at > now() - interval '10 minutes'
        and not exists (
          select from private.signs_of_life l
          where l.session_id = m.session_id and l.user_id = m.user_id and l.counts_until < now() - interval '3 seconds')),
    'nowPlaying', (
      select jsonb_build_object('title', t.title, 'artist', t.artist, 'artworkPath', t.artwork_path)
      from public.playback p
      join public.queue_items i on i.id = case
        when p.next_starts_at_ms <= private.now_ms() then p.next_item_id else p.current_item_id end
      join public.tracks t on t.id = i.track_id
      where p.session_id = s.id and p.status <> 'idle'))
  from public.profiles d where d.id = s.dj_id
$$;

-- Every hour: what only mattered for a while.
create or replace function private.tidy_up() returns int
language plpgsql security definer set search_path = ''
as $$
declare
  v_counters int;
  v_commands int;
  v_reports int;
  v_signs int;
begin
  delete from private.rate_counters where window_started_at < now() - interval '2 hours';
  get diagnostics v_counters = row_count;
  delete from private.session_commands where at < now() - interval '1 day';
  get diagnostics v_commands = row_count;
  delete from private.listening_reports where reported_at < now() - interval '1 hour';
  get diagnostics v_reports = row_count;
  delete from private.signs_of_life where counts_until < now() - interval '1 hour';
  get diagnostics v_signs = row_count;
  return v_counters + v_commands + v_reports + v_signs;
end $$;

create function public.hear_signs(p_session_ids uuid[], p_user_ids uuid[], p_every_ms int[], p_watched uuid[]) returns jsonb language sql volatile set search_path = ''
return private.hear_signs(p_session_ids, p_user_ids, p_every_ms, p_watched);

revoke all on function private.hear_signs, public.hear_signs from public, anon, authenticated, service_role;
grant execute on function private.hear_signs, public.hear_signs to service_role;
