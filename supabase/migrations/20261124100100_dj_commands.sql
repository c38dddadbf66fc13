-- The DJ's hands on the timeline, once more: each now acts on what is heard (`private.heard`), and what it changes, everybody
-- hears at the same instant.

create or replace function private.play(p_session_id uuid, p_command_id uuid, p_item_id uuid) returns jsonb
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
  p := private.heard(v_old, private.now_ms());
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
    p := private.followed(p, p_item_id, c.me, c.command_id);
  end if;
  p.goes_on := true;
  return private.acknowledge(c, private.save_playback(v_old, p));
end $$;

-- Stops a moment ahead, so that everybody falls silent together. What was committed to follow waits again.
create or replace function private.pause(p_session_id uuid, p_command_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_old public.playback;
  p public.playback;
  v_at_ms bigint;
begin
  c := private.open_command(p_session_id, p_command_id, 'playback.pause', 'play');
  if c.done then return private.acknowledge(c); end if;
  v_old := private.lock_playback(c.session_id);
  v_at_ms := private.now_ms() + private.pause_lead_ms();
  p := private.heard(v_old, v_at_ms);
  if p.status = 'playing' then
    p := private.given_back(p, c.me, c.command_id);
    p.status := 'paused';
    p.paused_at_ms := v_at_ms;
    p.paused_position_ms := least(greatest(v_at_ms - p.current_starts_at_ms, 0), p.current_duration_ms);
    p.current_starts_at_ms := null;
    p.loop_jumps_at_ms := null;
  end if;
  return private.acknowledge(c, private.save_playback(v_old, p));
end $$;

-- Inside a loop, or in front of it, the loop stays; behind it, it is left.
create or replace function private.seek(
  p_session_id uuid, p_command_id uuid, p_position_ms float8, p_expected_rev bigint
) returns jsonb
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
  p := private.heard(v_old, private.now_ms());
  if p.status = 'idle' then perform private.refuse('stale', jsonb_build_object('rev', v_old.rev)); end if;
  if p_position_ms > p.current_duration_ms then
    perform private.refuse('invalid_input', '{"field": "positionInMs"}');
  end if;
  if p_position_ms >= p.loop_end_ms then p := private.forget_loop(p); end if;
  p.current_fade_ms := null;
  if p.status = 'paused' then
    p.paused_position_ms := round(p_position_ms);
    p.paused_at_ms := null;
  else
    p := private.anchored(p, round(p_position_ms)::bigint, c.me, c.command_id);
  end if;
  return private.acknowledge(c, private.save_playback(v_old, p));
end $$;

create or replace function private.next_track(p_session_id uuid, p_command_id uuid, p_expected_rev bigint) returns jsonb
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
  p := private.followed(private.heard(v_old, private.now_ms()), null, c.me, c.command_id);
  p.goes_on := true;
  return private.acknowledge(c, private.save_playback(v_old, p));
end $$;

-- As before; a track that loops never ends.
create or replace function private.advance_queue(p_session_id uuid, p_command_id uuid, p_expected_rev bigint) returns jsonb
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
    or coalesce(private.ends_at_ms(v_old) + v_patience_ms > private.now_ms(), true) then
    perform private.refuse('stale', jsonb_build_object('rev', v_old.rev));
  end if;
  return private.acknowledge(c, private.save_playback(v_old, private.settled(v_old)));
end $$;

-- How long the end of a track and the beginning of the next one sound together; also for a next slot that is committed, as long
-- as everybody can know of it in time.
create function private.set_crossfade(p_session_id uuid, p_command_id uuid, p_crossfade_ms int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_session public.dj_sessions;
  v_old public.playback;
  p public.playback;
begin
  if p_crossfade_ms is null or p_crossfade_ms not between 0 and 12000 then
    perform private.refuse('invalid_input', '{"field": "crossfadeInMs"}');
  end if;
  c := private.open_command(p_session_id, p_command_id, 'playback.set_crossfade', 'play',
    jsonb_build_array(p_crossfade_ms));
  if c.done then return private.acknowledge(c); end if;
  v_old := private.lock_playback(c.session_id);
  update public.dj_sessions set crossfade_ms = p_crossfade_ms where id = c.session_id returning * into v_session;
  perform private.command_event(c, 'session.changed', private.session_json(v_session));
  p := private.settled(v_old);
  if p.next_starts_at_ms > private.now_ms() + private.start_lead_ms() then p := private.placed(p, false); end if;
  p := private.with_next(p, c.me, c.command_id);
  return private.acknowledge(c, private.save_playback(v_old, p));
end $$;

-- Repeats a region of the current track, at least two seconds of it; both null: goes on from where it is.
create function private.set_loop(
  p_session_id uuid, p_command_id uuid, p_start_ms int, p_end_ms int, p_expected_rev bigint
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_old public.playback;
  p public.playback;
begin
  if (p_start_ms is null) <> (p_end_ms is null) or p_start_ms < 0 or p_end_ms > 86400000
    or p_end_ms < p_start_ms::bigint + 2000 then
    perform private.refuse('invalid_input', '{"field": "region"}');
  end if;
  c := private.open_command(p_session_id, p_command_id, 'playback.loop', 'play',
    jsonb_build_array(p_start_ms, p_end_ms, p_expected_rev));
  if c.done then return private.acknowledge(c); end if;
  v_old := private.lock_playback(c.session_id);
  if v_old.rev is distinct from p_expected_rev then
    perform private.refuse('stale', jsonb_build_object('rev', v_old.rev));
  end if;
  p := private.unlooped(private.heard(v_old, private.now_ms()));
  if p.status = 'idle' then perform private.refuse('stale', jsonb_build_object('rev', v_old.rev)); end if;
  if p_end_ms > p.current_duration_ms then perform private.refuse('invalid_input', '{"field": "region"}'); end if;
  if p_end_ms is not null then
    p := private.given_back(p, c.me, c.command_id);
    p.loop_start_ms := p_start_ms;
    p.loop_end_ms := p_end_ms;
    if p.status = 'playing' then p := private.looped(p, private.now_ms() + private.start_lead_ms()); end if;
  end if;
  p := private.with_next(p, c.me, c.command_id);
  return private.acknowledge(c, private.save_playback(v_old, p));
end $$;

-- As before; what has begun to fade in is no longer anybody's to take back.
create or replace function private.remove_from_queue(p_session_id uuid, p_command_id uuid, p_item_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_item public.queue_items;
  v_orders boolean;
  v_has_begun boolean;
begin
  c := private.open_command(p_session_id, p_command_id, 'queue.remove', 'ask', jsonb_build_array(p_item_id));
  if c.done then return private.acknowledge(c); end if;
  v_orders := private.is_allowed(c.role, 'order_queue');
  select * into v_item from public.queue_items where id = p_item_id and session_id = c.session_id;
  if v_item.id is null then perform private.refuse('not_found'); end if;
  if v_item.added_by <> c.me and not v_orders then perform private.refuse('not_allowed'); end if;
  if v_item.status = 'removed' then return private.acknowledge(c); end if;
  v_has_begun := exists (select from public.playback
    where session_id = c.session_id and next_item_id = p_item_id and next_starts_at_ms <= private.now_ms());
  if not (v_item.status = 'waiting' or (v_item.status = 'scheduled' and v_orders and not v_has_begun)) then
    perform private.refuse('stale');
  end if;
  perform private.drop_item(v_item.id, c.me, c.command_id);
  return private.acknowledge(c, private.after_queue_change(c.session_id, v_item.id));
end $$;

-- As before: the music stops with everything that was planned for it.
create or replace function private.end_session(p_session_id uuid, p_command_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_old public.playback;
  p public.playback;
begin
  c := private.open_command(p_session_id, p_command_id, 'session.end', 'manage');
  if c.done then return private.acknowledge(c); end if;
  v_old := private.lock_playback(c.session_id);
  p := private.forget_loop(private.forget_next(v_old));
  update public.queue_items set status = case when id = v_old.current_item_id then 'played' else 'removed' end
  where id in (v_old.current_item_id, v_old.next_item_id);
  p.status := 'idle';
  p.goes_on := false;
  p.current_item_id := null;
  p.current_duration_ms := null;
  p.current_starts_at_ms := null;
  p.current_fade_ms := null;
  p.current_pass := 0;
  p.paused_position_ms := null;
  p.paused_at_ms := null;
  perform private.save_playback(v_old, p);
  update public.playback set lease_id = null, lease_holder = null, present_until = null,
    dj_rev = dj_rev + 1, dj_position_ms = null, dj_at_ms = null where session_id = c.session_id;
  update public.dj_sessions set status = 'ended', ended_at = clock_timestamp() where id = c.session_id;
  perform private.command_event(c, 'session.ended', jsonb_build_object('at', private.now_ms()));
  return private.acknowledge(c, private.state_json(c.session_id));
end $$;

-- The API ---------------------------------------------------------------------------------------------------------------------
create function public.set_crossfade(p_session_id uuid, p_command_id uuid, p_crossfade_ms int) returns jsonb language sql volatile set search_path = ''
return private.set_crossfade(p_session_id, p_command_id, p_crossfade_ms);

create function public.set_loop(p_session_id uuid, p_command_id uuid, p_start_ms int, p_end_ms int, p_expected_rev bigint) returns jsonb language sql volatile set search_path = ''
return private.set_loop(p_session_id, p_command_id, p_start_ms, p_end_ms, p_expected_rev);

revoke all on function
  private.pause_lead_ms, private.passage_json, private.loop_json, private.track_ends_at_ms, private.placed, private.committed,
  private.forget_next, private.forget_loop, private.given_back, private.heard, private.looped, private.unlooped,
  private.followed, private.set_crossfade, private.set_loop, public.set_crossfade, public.set_loop
from public, anon, authenticated, service_role;
grant execute on function private.set_crossfade, private.set_loop, public.set_crossfade, public.set_loop to authenticated;
