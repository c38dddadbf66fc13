-- How the timeline moves. Each of these takes the timeline as it is, under the session's lock, and gives it as it will be;
-- `save_playback` writes it and raises `rev` once where anything changed. What is committed as next stays next.

-- The committed start ahead of a fresh start, of a resumed or sought one, and how early the next slot is committed.
create function private.start_lead_ms() returns bigint language sql immutable set search_path = '' return 1000;
create function private.resume_lead_ms() returns bigint language sql immutable set search_path = '' return 400;
create function private.commit_ahead_ms() returns bigint language sql immutable set search_path = '' return 15000;

create function private.lock_playback(p_session_id uuid) returns public.playback
language sql security definer set search_path = ''
as $$ select * from public.playback where session_id = p_session_id for update $$;

create function private.ends_at_ms(p public.playback) returns bigint
language sql immutable set search_path = ''
return p.current_starts_at_ms + p.current_duration_ms;

-- Takes an item (null: the head) out of the waiting queue. Taken in turn it uses up its person's round; pinned, or picked
-- by the DJ out of order, it does not. Answers null where nothing waits.
create function private.take_waiting(
  p_session_id uuid, p_item_id uuid, p_status text, p_actor uuid, p_command_id uuid
) returns public.queue_items
language plpgsql security definer set search_path = ''
as $$
declare
  v_head record;
  v_item public.queue_items;
begin
  select * into v_head from private.ordered_queue(p_session_id) o
  where p_item_id is null or o.item_id = p_item_id order by o.place limit 1;
  if v_head.item_id is null then return null; end if;
  update public.queue_items set
    status = p_status,
    round = case when pinned_order is null and v_head.place = 1 then v_head.round end
  where id = v_head.item_id returning * into v_item;
  perform private.append_event(p_session_id, 'queue.started',
    jsonb_build_object('itemId', v_item.id, 'turns', private.turns_json(p_session_id)), p_actor, p_command_id);
  return v_item;
end $$;

-- Commits the next slot once the end of the current one is near and something waits.
create function private.with_next(p public.playback, p_actor uuid, p_command_id uuid) returns public.playback
language plpgsql security definer set search_path = ''
as $$
declare
  v_now bigint := private.now_ms();
  v_item public.queue_items;
begin
  if p.status <> 'playing' or p.next_item_id is not null
    or private.ends_at_ms(p) > v_now + private.commit_ahead_ms() then return p; end if;
  v_item := private.take_waiting(p.session_id, null, 'scheduled', p_actor, p_command_id);
  if v_item.id is null then return p; end if;
  p.next_item_id := v_item.id;
  select duration_ms into p.next_duration_ms from public.tracks where id = v_item.track_id;
  p.next_starts_at_ms := greatest(private.ends_at_ms(p), v_now + private.start_lead_ms());
  return p;
end $$;

-- Ends the current slot and begins an item (null: the committed next, else the head of the queue); idle without any.
create function private.begun(
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
  if p.next_item_id is not null and (p_item_id is null or p_item_id = p.next_item_id) then
    update public.queue_items set status = 'playing' where id = p.next_item_id;
    p.current_item_id := p.next_item_id;
    p.current_duration_ms := p.next_duration_ms;
    p.next_item_id := null;
  else
    v_item := private.take_waiting(p.session_id, p_item_id, 'playing', p_actor, p_command_id);
    p.current_item_id := v_item.id;
    select duration_ms into p.current_duration_ms from public.tracks where id = v_item.track_id;
  end if;
  p.status := case when p.current_item_id is null then 'idle' else 'playing' end;
  p.current_starts_at_ms := case when p.current_item_id is not null then p_starts_at_ms end;
  p.current_duration_ms := case when p.current_item_id is not null then p.current_duration_ms end;
  p.paused_position_ms := null;
  -- A next slot that stays committed moves to the new end.
  p.next_starts_at_ms := case when p.next_item_id is not null then private.ends_at_ms(p) end;
  p.next_duration_ms := case when p.next_item_id is not null then p.next_duration_ms end;
  return private.with_next(p, p_actor, p_command_id);
end $$;

-- Lets the current track continue from a position, its position 0 lying where it must lie for that.
create function private.anchored(p public.playback, p_position_ms bigint, p_actor uuid, p_command_id uuid)
returns public.playback
language plpgsql security definer set search_path = ''
as $$
begin
  p.status := 'playing';
  p.current_starts_at_ms := private.now_ms() + private.resume_lead_ms() - p_position_ms;
  p.paused_position_ms := null;
  p.next_starts_at_ms := case when p.next_item_id is not null then private.ends_at_ms(p) end;
  return private.with_next(p, p_actor, p_command_id);
end $$;

-- Brings the timeline up to now: what ended has been played, the committed next is the current one, silence is idle.
create function private.settled(p public.playback) returns public.playback
language plpgsql security definer set search_path = ''
as $$
begin
  while p.status = 'playing' and (p.current_item_id is null or private.ends_at_ms(p) <= private.now_ms()) loop
    p := private.begun(p, null, coalesce(p.next_starts_at_ms, private.now_ms() + private.start_lead_ms()), null, null);
  end loop;
  return p;
end $$;

-- Writes a timeline if it differs from the one that was read; answers the state for the envelope, null if nothing changed.
create function private.save_playback(p_old public.playback, p public.playback) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  if p is not distinct from p_old then return null; end if;
  p.rev := p_old.rev + 1;
  update public.playback set
    status = p.status, rev = p.rev, goes_on = p.goes_on, spoke_at = clock_timestamp(),
    current_item_id = p.current_item_id, current_duration_ms = p.current_duration_ms,
    current_starts_at_ms = p.current_starts_at_ms, paused_position_ms = p.paused_position_ms,
    next_item_id = p.next_item_id, next_duration_ms = p.next_duration_ms, next_starts_at_ms = p.next_starts_at_ms
  where session_id = p.session_id;
  return jsonb_build_object('playback', private.playback_json(p));
end $$;

-- After something came into, or left, the queue: it may be the next to commit, or end the silence of a queue that ran dry.
create function private.after_queue_change(p_session_id uuid, p_dropped_item_id uuid default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_old public.playback := private.lock_playback(p_session_id);
  p public.playback := v_old;
begin
  if p.next_item_id = p_dropped_item_id then
    p.next_item_id := null;
    p.next_duration_ms := null;
    p.next_starts_at_ms := null;
  end if;
  p := private.settled(p);
  if p.status = 'idle' and p.goes_on then
    p := private.begun(p, null, private.now_ms() + private.start_lead_ms(), null, null);
  else
    p := private.with_next(p, null, null);
  end if;
  return private.save_playback(v_old, p);
end $$;
