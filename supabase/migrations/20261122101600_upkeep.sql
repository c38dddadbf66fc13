-- What the worker keeps going, and what it clears away. For the service role alone.

-- Every second: commits next slots that are near, moves on timelines that are due. One session's failure is not another's.
create function private.advance_due_sessions() returns int
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
      or p.current_starts_at_ms + p.current_duration_ms <= private.now_ms()
      or (p.next_item_id is null
        and p.current_starts_at_ms + p.current_duration_ms <= private.now_ms() + private.commit_ahead_ms()
        and exists (select from public.queue_items i where i.session_id = p.session_id and i.status = 'waiting')))
    order by p.current_starts_at_ms + p.current_duration_ms nulls first
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

-- Every few seconds: the state for live sessions where somebody is and nothing was said for ten seconds, so that whoever
-- lost the last message notices.
create function private.ping_sessions() returns int
language plpgsql security definer set search_path = ''
as $$
declare
  v_session_id uuid;
  v_pinged int := 0;
begin
  for v_session_id in
    update public.dj_sessions s set spoke_at = clock_timestamp()
    where s.id in (
      select q.id from public.dj_sessions q join public.playback p on p.session_id = q.id
      where q.status = 'live' and greatest(q.spoke_at, p.spoke_at) < clock_timestamp() - interval '10 seconds'
        and exists (select from public.session_members m
          where m.session_id = q.id and m.last_seen_at > now() - interval '1 hour')
      order by q.spoke_at limit 500
      for no key update of q skip locked)
    returning s.id
  loop
    perform private.send(v_session_id, private.state_envelope(v_session_id, private.state_json(v_session_id)));
    v_pinged := v_pinged + 1;
  end loop;
  return v_pinged;
end $$;
create index dj_sessions_live_idx on public.dj_sessions (id) where status = 'live';

-- Every hour: what only mattered for a while.
create function private.tidy_up() returns int
language plpgsql security definer set search_path = ''
as $$
declare
  v_counters int;
  v_commands int;
begin
  delete from private.rate_counters where window_started_at < now() - interval '2 hours';
  get diagnostics v_counters = row_count;
  delete from private.session_commands where at < now() - interval '1 day';
  get diagnostics v_commands = row_count;
  return v_counters + v_commands;
end $$;

-- Deleting a track --------------------------------------------------------------------------------------------------------
-- By its owner. Where it waits in a queue it is taken out; where it sounds, or is about to, it stays until that is over.
-- The row goes at once, the files by the worker (`deleted_tracks`).
create function private.delete_track(p_track_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_session record;
  v_item_id uuid;
begin
  if not exists (select from public.tracks where id = p_track_id and owner_id = v_me) then
    perform private.refuse('not_found');
  end if;
  -- Sessions before tracks, as everywhere: nobody waits in a circle.
  for v_session in
    select s.id, s.seq, s.status from public.dj_sessions s
    where s.id in (select session_id from public.queue_items
      where track_id = p_track_id and status in ('waiting', 'scheduled', 'playing'))
    order by s.id for no key update of s
  loop
    if exists (select from public.queue_items where session_id = v_session.id and track_id = p_track_id
      and status in ('scheduled', 'playing')) then
      perform private.refuse('already_queued');
    end if;
    if v_session.status = 'live' then
      for v_item_id in
        select id from public.queue_items
        where session_id = v_session.id and track_id = p_track_id and status = 'waiting'
      loop
        perform private.drop_item(v_item_id, v_me, null);
      end loop;
      perform private.send(v_session.id, private.envelope(v_session.id, v_session.seq, null));
    end if;
  end loop;
  delete from public.tracks where id = p_track_id;
  return jsonb_build_object('deleted', true);
end $$;
