-- The DJ's hands on the timeline, and the compare-and-set that anybody may ask for when it stands still.
-- Each reads the timeline, brings it up to now, changes it and saves it, under the session's lock.

-- Plays an item now; without one resumes, or begins with the head of the queue.
create function private.play(p_session_id uuid, p_command_id uuid, p_item_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_old public.playback;
  p public.playback;
  v_status text;
begin
  c := private.open_command(p_session_id, p_command_id, 'playback.play', 'play', jsonb_build_array(p_item_id));
  if c.done then return private.acknowledge(c); end if;
  v_old := private.lock_playback(c.session_id);
  p := private.settled(v_old);
  if p_item_id is null or p_item_id = p.current_item_id then
    if p.status = 'paused' then
      p := private.anchored(p, p.paused_position_ms, c.me, c.command_id);
    elsif p.status = 'idle' then
      p := private.begun(p, null, private.now_ms() + private.start_lead_ms(), c.me, c.command_id);
      if p.status = 'idle' then perform private.refuse('not_found'); end if;
    end if;
  else
    select status into v_status from public.queue_items where id = p_item_id and session_id = c.session_id;
    if v_status is null then perform private.refuse('not_found'); end if;
    if v_status not in ('waiting', 'scheduled') then perform private.refuse('stale'); end if;
    p := private.begun(p, p_item_id, private.now_ms() + private.start_lead_ms(), c.me, c.command_id);
  end if;
  p.goes_on := true;
  return private.acknowledge(c, private.save_playback(v_old, p));
end $$;

-- Stops at the position heard now.
create function private.pause(p_session_id uuid, p_command_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_old public.playback;
  p public.playback;
begin
  c := private.open_command(p_session_id, p_command_id, 'playback.pause', 'play');
  if c.done then return private.acknowledge(c); end if;
  v_old := private.lock_playback(c.session_id);
  p := private.settled(v_old);
  if p.status = 'playing' then
    p.status := 'paused';
    p.paused_position_ms := least(greatest(private.now_ms() - p.current_starts_at_ms, 0), p.current_duration_ms);
    p.current_starts_at_ms := null;
    p.next_starts_at_ms := null;
  end if;
  return private.acknowledge(c, private.save_playback(v_old, p));
end $$;

create function private.seek(p_session_id uuid, p_command_id uuid, p_position_ms float8, p_expected_rev bigint)
returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_old public.playback;
  p public.playback;
begin
  -- NaN is greater than everything in PostgreSQL, so the upper bound refuses it too.
  if p_position_ms is null or p_position_ms < 0 or p_position_ms > 86400000 then
    perform private.refuse('invalid_input', '{"field": "positionInMs"}');
  end if;
  c := private.open_command(p_session_id, p_command_id, 'playback.seek', 'play',
    jsonb_build_array(p_position_ms, p_expected_rev));
  if c.done then return private.acknowledge(c); end if;
  v_old := private.lock_playback(c.session_id);
  if v_old.rev is distinct from p_expected_rev then
    perform private.refuse('stale', jsonb_build_object('rev', v_old.rev));
  end if;
  p := private.settled(v_old);
  if p.status = 'idle' then perform private.refuse('stale', jsonb_build_object('rev', v_old.rev)); end if;
  if p_position_ms > p.current_duration_ms then
    perform private.refuse('invalid_input', '{"field": "positionInMs"}');
  end if;
  if p.status = 'paused' then
    p.paused_position_ms := round(p_position_ms);
  else
    p := private.anchored(p, round(p_position_ms)::bigint, c.me, c.command_id);
  end if;
  return private.acknowledge(c, private.save_playback(v_old, p));
end $$;

create function private.next_track(p_session_id uuid, p_command_id uuid, p_expected_rev bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_old public.playback;
  p public.playback;
begin
  c := private.open_command(p_session_id, p_command_id, 'playback.next', 'play', jsonb_build_array(p_expected_rev));
  if c.done then return private.acknowledge(c); end if;
  v_old := private.lock_playback(c.session_id);
  if v_old.rev is distinct from p_expected_rev then
    perform private.refuse('stale', jsonb_build_object('rev', v_old.rev));
  end if;
  p := private.settled(v_old);
  p := private.begun(p, null, private.now_ms() + private.start_lead_ms(), c.me, c.command_id);
  p.goes_on := true;
  return private.acknowledge(c, private.save_playback(v_old, p));
end $$;

-- Moves a timeline on whose current track has ended, if the worker has not. Exactly one caller wins, the others are
-- `stale`; who does not play must leave the worker a second.
create function private.advance_queue(p_session_id uuid, p_command_id uuid, p_expected_rev bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_old public.playback;
  v_patience_ms int;
begin
  c := private.open_command(p_session_id, p_command_id, 'playback.advance', 'react', jsonb_build_array(p_expected_rev));
  if c.done then return private.acknowledge(c); end if;
  v_old := private.lock_playback(c.session_id);
  v_patience_ms := case when private.is_allowed(c.role, 'play') then 0 else 1000 end;
  if v_old.rev is distinct from p_expected_rev or v_old.status <> 'playing'
    or private.ends_at_ms(v_old) + v_patience_ms > private.now_ms() then
    perform private.refuse('stale', jsonb_build_object('rev', v_old.rev));
  end if;
  return private.acknowledge(c, private.save_playback(v_old, private.settled(v_old)));
end $$;
