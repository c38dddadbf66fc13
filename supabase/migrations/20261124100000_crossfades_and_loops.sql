-- Crossfades, loops, and changes that everybody hears at the same instant (lib/domain/timeline). Whoever comes in during a
-- crossfade knows both tracks: the next one becomes the current one only when the old one has ended.

alter table public.dj_sessions
  add column crossfade_ms int not null default 0 check (crossfade_ms between 0 and 12000);

alter table public.playback
  add column current_fade_ms int,
  -- How often a loop has led back in the current track: each pass has a deck of its own.
  add column current_pass int not null default 0,
  add column next_fade_ms int,
  -- The committed instant of a pause: until then everybody plays on.
  add column paused_at_ms bigint,
  -- A region of the current track that is repeated, and the next instant (null while paused) at which it leads back.
  add column loop_start_ms int,
  add column loop_end_ms int,
  add column loop_jumps_at_ms bigint;

-- The committed instant of a pause ahead: so late may the news of it be.
create function private.pause_lead_ms() returns bigint language sql immutable set search_path = '' return 300;

-- How they travel ---------------------------------------------------------------------------------------------------------
create or replace function private.session_json(s public.dj_sessions) returns jsonb
language sql immutable set search_path = ''
return jsonb_build_object(
  'id', s.id, 'slug', s.slug, 'title', s.title, 'status', s.status, 'visibility', s.visibility,
  'artworkPath', s.artwork_path, 'djId', s.dj_id, 'requestsOpen', s.requests_open, 'crossfadeInMs', s.crossfade_ms,
  'startedAt', private.to_ms(s.started_at));

update public.session_events set payload = payload || '{"crossfadeInMs": 0}'
where kind = 'session.changed' and not payload ? 'crossfadeInMs';

create function private.passage_json(p_item_id uuid, p_duration_ms int, p_starts_at_ms bigint, p_fade_ms int, p_pass int)
returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object('itemId', i.id, 'trackId', i.track_id, 'durationInMs', p_duration_ms,
    'startsAtInMs', p_starts_at_ms, 'fadeInMs', p_fade_ms, 'pass', nullif(p_pass, 0)))
  from public.queue_items i where i.id = p_item_id
$$;

create function private.loop_json(p public.playback) returns jsonb
language sql immutable set search_path = ''
return case when p.loop_end_ms is null then '{}' else jsonb_build_object('loop', jsonb_strip_nulls(jsonb_build_object(
  'startInMs', p.loop_start_ms, 'endInMs', p.loop_end_ms, 'jumpsAtInMs', p.loop_jumps_at_ms))) end;

create or replace function private.playback_json(p public.playback) returns jsonb
language sql stable set search_path = ''
return case
  when p.status = 'idle' or p.current_item_id is null then jsonb_build_object('status', 'idle', 'rev', p.rev)
  when p.status = 'paused' then jsonb_build_object('status', 'paused', 'rev', p.rev,
    'current', private.passage_json(p.current_item_id, p.current_duration_ms, null, p.current_fade_ms, p.current_pass),
    'positionInMs', p.paused_position_ms)
    || case when p.paused_at_ms is null then '{}' else jsonb_build_object('pausedAtInMs', p.paused_at_ms) end
    || private.loop_json(p)
  else jsonb_build_object('status', 'playing', 'rev', p.rev,
    'current', private.passage_json(p.current_item_id, p.current_duration_ms, p.current_starts_at_ms, p.current_fade_ms,
      p.current_pass),
    'next', private.passage_json(p.next_item_id, p.next_duration_ms, p.next_starts_at_ms, p.next_fade_ms, 0))
    || private.loop_json(p)
end;
drop function private.slot_json;

-- When things end -----------------------------------------------------------------------------------------------------------
-- When the current track's own music is over.
create function private.track_ends_at_ms(p public.playback) returns bigint
language sql immutable set search_path = ''
return p.current_starts_at_ms + p.current_duration_ms;

-- When the current slot ends: with its music, or earlier where the next one takes over; never (null) in a loop.
create or replace function private.ends_at_ms(p public.playback) returns bigint
language sql immutable set search_path = ''
return case
  when p.loop_end_ms is not null then null
  when p.next_item_id is null then private.track_ends_at_ms(p)
  else least(private.track_ends_at_ms(p), p.next_starts_at_ms + coalesce(p.next_fade_ms, 0))
end;

-- The next slot ---------------------------------------------------------------------------------------------------------------
-- Gives the committed next slot its start: a crossfade before the end, or (p_soon) as early as everybody can know of it.
-- A crossfade is at most half of the shorter track, and as long as the old one still lasts.
create function private.placed(p public.playback, p_soon boolean) returns public.playback
language plpgsql security definer set search_path = ''
as $$
declare
  v_soonest bigint := private.now_ms() + private.start_lead_ms();
  v_end bigint := private.track_ends_at_ms(p);
  v_fade int;
begin
  select least(crossfade_ms, p.current_duration_ms / 2, p.next_duration_ms / 2) into v_fade
  from public.dj_sessions where id = p.session_id;
  p.next_starts_at_ms := case when p_soon then v_soonest else greatest(v_end - v_fade, v_soonest) end;
  p.next_fade_ms := nullif(greatest(0, least(v_fade, v_end - p.next_starts_at_ms)), 0);
  return p;
end $$;

-- Commits an item of the queue (null: its head), if there is one, to take over.
create function private.committed(p public.playback, p_item_id uuid, p_soon boolean, p_actor uuid, p_command_id uuid)
returns public.playback
language plpgsql security definer set search_path = ''
as $$
declare
  v_item public.queue_items := private.take_waiting(p.session_id, p_item_id, 'scheduled', p_actor, p_command_id);
begin
  if v_item.id is null then return p; end if;
  p.next_item_id := v_item.id;
  select duration_ms into p.next_duration_ms from public.tracks where id = v_item.track_id;
  return private.placed(p, p_soon);
end $$;

create function private.forget_next(p public.playback) returns public.playback
language plpgsql immutable set search_path = ''
as $$
begin
  p.next_item_id := null;
  p.next_duration_ms := null;
  p.next_starts_at_ms := null;
  p.next_fade_ms := null;
  return p;
end $$;

create function private.forget_loop(p public.playback) returns public.playback
language plpgsql immutable set search_path = ''
as $$
begin
  p.loop_start_ms := null;
  p.loop_end_ms := null;
  p.loop_jumps_at_ms := null;
  return p;
end $$;

-- Lets the committed next item wait in the queue again: its votes count, and its person has the turn back.
create function private.given_back(p public.playback, p_actor uuid, p_command_id uuid) returns public.playback
language plpgsql security definer set search_path = ''
as $$
begin
  if p.next_item_id is not null then
    update public.queue_items set status = 'waiting', round = null where id = p.next_item_id;
    update public.dj_sessions set tallies_rev = tallies_rev + 1 where id = p.session_id;
    perform private.append_event(p.session_id, 'queue.returned',
      jsonb_build_object('itemId', p.next_item_id, 'turns', private.turns_json(p.session_id)), p_actor, p_command_id);
  end if;
  return private.forget_next(p);
end $$;

-- Commits the next slot once the end of the current one is near and something waits.
create or replace function private.with_next(p public.playback, p_actor uuid, p_command_id uuid) returns public.playback
language plpgsql security definer set search_path = ''
as $$
declare
  v_crossfade_ms int := (select crossfade_ms from public.dj_sessions where id = p.session_id);
begin
  if p.status <> 'playing' or p.next_item_id is not null or p.loop_end_ms is not null
    or private.track_ends_at_ms(p) > private.now_ms() + private.commit_ahead_ms() + v_crossfade_ms then return p; end if;
  return private.committed(p, null, false, p_actor, p_command_id);
end $$;

-- How the timeline moves --------------------------------------------------------------------------------------------------------
-- Ends the current slot at once and begins an item (null: the committed next, else the head of the queue); idle without any.
create or replace function private.begun(
  p public.playback, p_item_id uuid, p_starts_at_ms bigint, p_actor uuid, p_command_id uuid
) returns public.playback
language plpgsql security definer set search_path = ''
as $$
declare
  v_item public.queue_items;
begin
  if p.current_item_id is not null then
    update public.queue_items set status = 'played' where id = p.current_item_id;
    perform private.append_event(p.session_id, 'queue.finished', jsonb_build_object('itemId', p.current_item_id),
      p_actor, p_command_id);
  end if;
  p.current_fade_ms := null;
  if p.next_item_id is not null and (p_item_id is null or p_item_id = p.next_item_id) then
    update public.queue_items set status = 'playing' where id = p.next_item_id;
    p.current_item_id := p.next_item_id;
    p.current_duration_ms := p.next_duration_ms;
    if p_starts_at_ms = p.next_starts_at_ms then p.current_fade_ms := p.next_fade_ms; end if;
    p := private.forget_next(p);
  else
    p := private.given_back(p, p_actor, p_command_id);
    v_item := private.take_waiting(p.session_id, p_item_id, 'playing', p_actor, p_command_id);
    p.current_item_id := v_item.id;
    p.current_duration_ms := (select duration_ms from public.tracks where id = v_item.track_id);
  end if;
  p.status := case when p.current_item_id is null then 'idle' else 'playing' end;
  p.current_starts_at_ms := case when p.current_item_id is not null then p_starts_at_ms end;
  p.current_pass := 0;
  p.paused_position_ms := null;
  p.paused_at_ms := null;
  p := private.forget_loop(p);
  return private.with_next(p, p_actor, p_command_id);
end $$;

-- Brings the timeline up to now: what ended has been played, the committed next is the current one, silence is idle.
create or replace function private.settled(p public.playback) returns public.playback
language plpgsql security definer set search_path = ''
as $$
begin
  while p.status = 'playing' and (p.current_item_id is null or private.ends_at_ms(p) <= private.now_ms()) loop
    p := private.begun(p, null, case when p.next_item_id is null then private.now_ms() + private.start_lead_ms()
      else p.next_starts_at_ms end, null, null);
  end loop;
  return p;
end $$;

-- The timeline as it is heard, for a command that is meant for what is heard: a slot that fades in is the current one, and the
-- loop's passes until an instant lie behind.
create function private.heard(p public.playback, p_at_ms bigint) returns public.playback
language plpgsql security definer set search_path = ''
as $$
declare
  v_length int := p.loop_end_ms - p.loop_start_ms;
  v_passes int;
begin
  p := private.settled(p);
  if p.status = 'playing' and p.next_item_id is not null and p.next_starts_at_ms <= private.now_ms() then
    p := private.begun(p, null, p.next_starts_at_ms, null, null);
  end if;
  if p.loop_jumps_at_ms <= p_at_ms then
    v_passes := 1 + (p_at_ms - p.loop_jumps_at_ms) / v_length;
    p.current_starts_at_ms := p.loop_jumps_at_ms + (v_passes - 1) * v_length::bigint - p.loop_start_ms;
    p.current_pass := p.current_pass + v_passes;
    p.current_fade_ms := null;
    p.loop_jumps_at_ms := p.loop_jumps_at_ms + v_passes * v_length::bigint;
  end if;
  return p;
end $$;

-- Lets a loop lead back at its end; where that is past or too near for everybody to know, whole lengths of it later (so that
-- the beat goes on), but before the track is over.
create function private.looped(p public.playback, p_earliest_ms bigint) returns public.playback
language plpgsql immutable set search_path = ''
as $$
declare
  v_end bigint := p.current_starts_at_ms + p.loop_end_ms;
  v_length bigint := p.loop_end_ms - p.loop_start_ms;
begin
  p.loop_jumps_at_ms := least(private.track_ends_at_ms(p),
    v_end + v_length * greatest(0, ceil((p_earliest_ms - v_end) / v_length::numeric)));
  return p;
end $$;

-- The loop is left: the track goes on from where it is.
create function private.unlooped(p public.playback) returns public.playback
language plpgsql security definer set search_path = ''
as $$
begin
  if p.loop_end_ms is null then return p; end if;
  return private.forget_loop(private.heard(p, private.now_ms() + private.resume_lead_ms()));
end $$;

-- Lets the current track continue from a position, its position 0 lying where it must lie for that.
create or replace function private.anchored(p public.playback, p_position_ms bigint, p_actor uuid, p_command_id uuid)
returns public.playback
language plpgsql security definer set search_path = ''
as $$
begin
  p.status := 'playing';
  p.current_starts_at_ms := private.now_ms() + private.resume_lead_ms() - p_position_ms;
  p.paused_position_ms := null;
  p.paused_at_ms := null;
  if p.loop_end_ms is not null then p := private.looped(p, p.current_starts_at_ms + p_position_ms); end if;
  if p.next_item_id is not null then p := private.placed(p, false); end if;
  return private.with_next(p, p_actor, p_command_id);
end $$;

-- Lets an item (null: the committed next, else the head of the queue) take over from what plays, for everybody at the same
-- instant; begins it where nothing plays. One that takes over within the second anyway is left alone.
create function private.followed(p public.playback, p_item_id uuid, p_actor uuid, p_command_id uuid)
returns public.playback
language plpgsql security definer set search_path = ''
as $$
declare
  v_soonest bigint := private.now_ms() + private.start_lead_ms();
begin
  if p.status <> 'playing' then return private.begun(p, p_item_id, v_soonest, p_actor, p_command_id); end if;
  if p.next_item_id is not null and (p_item_id is null or p_item_id = p.next_item_id) then
    return case when p.next_starts_at_ms <= v_soonest then p else private.placed(p, true) end;
  end if;
  p := private.given_back(private.unlooped(p), p_actor, p_command_id);
  p := private.committed(p, p_item_id, true, p_actor, p_command_id);
  return case when p.next_item_id is null then private.begun(p, null, v_soonest, p_actor, p_command_id) else p end;
end $$;

-- Writes a timeline if it differs from the one that was read; answers the state for the envelope, null if nothing changed. The
-- votes of an item that was given back go along.
create or replace function private.save_playback(p_old public.playback, p public.playback) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  if p is not distinct from p_old then return null; end if;
  p.rev := p_old.rev + 1;
  update public.playback set
    status = p.status, rev = p.rev, goes_on = p.goes_on, spoke_at = clock_timestamp(),
    current_item_id = p.current_item_id, current_duration_ms = p.current_duration_ms,
    current_starts_at_ms = p.current_starts_at_ms, current_fade_ms = p.current_fade_ms, current_pass = p.current_pass,
    paused_position_ms = p.paused_position_ms, paused_at_ms = p.paused_at_ms,
    next_item_id = p.next_item_id, next_duration_ms = p.next_duration_ms, next_starts_at_ms = p.next_starts_at_ms,
    next_fade_ms = p.next_fade_ms,
    loop_start_ms = p.loop_start_ms, loop_end_ms = p.loop_end_ms, loop_jumps_at_ms = p.loop_jumps_at_ms
  where session_id = p.session_id;
  return jsonb_build_object('playback', private.playback_json(p)) || case
    when exists (select from public.queue_items where id = p_old.next_item_id and status = 'waiting')
    then jsonb_build_object('tallies', private.tallies_json(p.session_id)) else '{}' end;
end $$;

-- As before; what was dropped is forgotten whole.
create or replace function private.after_queue_change(p_session_id uuid, p_dropped_item_id uuid default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_old public.playback := private.lock_playback(p_session_id);
  p public.playback := v_old;
begin
  if p.next_item_id = p_dropped_item_id then p := private.forget_next(p); end if;
  p := private.settled(p);
  if p.status = 'idle' and p.goes_on then
    p := private.begun(p, null, private.now_ms() + private.start_lead_ms(), null, null);
  else
    p := private.with_next(p, null, null);
  end if;
  return private.save_playback(v_old, p);
end $$;

-- Every second, as before: also earlier where a crossfade is, and not where a loop holds the track.
create or replace function private.advance_due_sessions() returns int
language plpgsql security definer set search_path = ''
as $$
declare
  v_session record;
  v_state jsonb;
  v_advanced int := 0;
begin
  for v_session in
    select s.id, s.seq from public.playback p join public.dj_sessions s on s.id = p.session_id
    where p.status = 'playing' and (
      p.current_item_id is null
      or private.ends_at_ms(p) <= private.now_ms()
      or (p.next_item_id is null and p.loop_end_ms is null
        and private.track_ends_at_ms(p) <= private.now_ms() + private.commit_ahead_ms() + s.crossfade_ms
        and exists (select from public.queue_items i where i.session_id = p.session_id and i.status = 'waiting')))
    order by private.ends_at_ms(p) nulls first
    limit 200
    for no key update of s skip locked
  loop
    begin
      v_state := private.after_queue_change(v_session.id);
      if v_state is not null then
        perform private.send(v_session.id, private.envelope(v_session.id, v_session.seq, v_state));
        v_advanced := v_advanced + 1;
      end if;
    exception when others then
      raise warning 'advance_due_sessions: session %: %', v_session.id, sqlerrm;
    end;
  end loop;
  return v_advanced;
end $$;
