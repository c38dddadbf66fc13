-- Asking for songs, voting, and the DJ's own order. What touches the timeline is in the next migration.

-- Votes are a set: repeating one changes nothing, so they need no row in the log. The tallies travel instead.
create function private.vote(p_session_id uuid, p_command_id uuid, p_item_id uuid, p_voted boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_status text;
begin
  if p_voted is null then perform private.refuse('invalid_input', '{"field": "voted"}'); end if;
  -- The session before its items, as everywhere: nobody waits in a circle.
  perform from public.dj_sessions where id = p_session_id for no key update;
  c := private.open_member_command(p_session_id, p_command_id, 'queue.vote', 'vote');
  select status into v_status from public.queue_items where id = p_item_id and session_id = c.session_id;
  if v_status is null then perform private.refuse('not_found'); end if;
  if v_status <> 'waiting' then perform private.refuse('stale'); end if;
  if p_voted then
    insert into public.queue_votes (item_id, user_id) values (p_item_id, c.me) on conflict do nothing;
  else
    delete from public.queue_votes where item_id = p_item_id and user_id = c.me;
  end if;
  if found then
    update public.dj_sessions set tallies_rev = tallies_rev + 1, spoke_at = clock_timestamp() where id = c.session_id;
    perform private.touch_member(c.session_id, c.me);
    perform private.send(c.session_id, private.state_envelope(c.session_id,
      jsonb_build_object('tallies', private.tallies_json(c.session_id))));
  end if;
  return jsonb_build_object('commandId', c.command_id, 'seq', null,
    'rev', (select tallies_rev from public.dj_sessions where id = c.session_id));
end $$;

-- What one may ask for, if it is published: the music of the session's DJ, the starter tracks, one's own, and what this
-- session has had before. The lock keeps the track there until the item is.
create function private.askable_track(c private.command, p_track_id uuid) returns public.tracks
language plpgsql security definer set search_path = ''
as $$
declare
  v_track public.tracks;
begin
  select * into v_track from public.tracks t
  where t.id = p_track_id and (t.owner_id = c.me or t.is_starter
    or t.owner_id = (select s.dj_id from public.dj_sessions s where s.id = c.session_id)
    or exists (select from public.queue_items i where i.session_id = c.session_id and i.track_id = t.id))
  for key share of t;
  if v_track.id is null then perform private.refuse('not_found'); end if;
  if v_track.status <> 'published' then perform private.refuse('track_not_published'); end if;
  return v_track;
end $$;

create function private.add_to_queue(p_session_id uuid, p_command_id uuid, p_track_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_orders boolean;
  v_waiting int;
  v_mine int;
  v_id uuid;
begin
  c := private.open_command(p_session_id, p_command_id, 'queue.add', 'ask', jsonb_build_array(p_track_id));
  if c.done then return private.acknowledge(c); end if;
  v_orders := private.is_allowed(c.role, 'order_queue');
  if not c.requests_open and not v_orders then perform private.refuse('not_allowed'); end if;
  perform private.askable_track(c, p_track_id);
  select count(*), count(*) filter (where added_by = c.me) into v_waiting, v_mine
  from public.queue_items where session_id = c.session_id and status = 'waiting';
  if v_waiting >= 500 or (v_mine >= 20 and not v_orders) then perform private.refuse('queue_full'); end if;

  insert into public.queue_items (session_id, track_id, added_by) values (c.session_id, p_track_id, c.me)
  on conflict (session_id, track_id) where status in ('waiting', 'scheduled') do nothing
  returning id into v_id;
  if v_id is null then perform private.refuse('already_queued'); end if;
  perform private.command_event(c, 'queue.added', private.queue_item_json(v_id));
  return private.acknowledge(c, private.after_queue_change(c.session_id));
end $$;

-- Takes back one's own wish, or, by who orders the queue, anybody's; the DJ may also take back what was committed as next.
create function private.remove_from_queue(p_session_id uuid, p_command_id uuid, p_item_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_item public.queue_items;
  v_orders boolean;
begin
  c := private.open_command(p_session_id, p_command_id, 'queue.remove', 'ask', jsonb_build_array(p_item_id));
  if c.done then return private.acknowledge(c); end if;
  v_orders := private.is_allowed(c.role, 'order_queue');
  select * into v_item from public.queue_items where id = p_item_id and session_id = c.session_id;
  if v_item.id is null then perform private.refuse('not_found'); end if;
  if v_item.added_by <> c.me and not v_orders then perform private.refuse('not_allowed'); end if;
  if v_item.status = 'removed' then return private.acknowledge(c); end if;
  if not (v_item.status = 'waiting' or (v_item.status = 'scheduled' and v_orders)) then
    perform private.refuse('stale');
  end if;
  perform private.drop_item(v_item.id, c.me, c.command_id);
  return private.acknowledge(c, private.after_queue_change(c.session_id, v_item.id));
end $$;

-- Removes an item that has not begun; its person's turn comes back, and clients hear that it did.
create function private.drop_item(p_item_id uuid, p_actor uuid, p_command_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_item public.queue_items;
begin
  select * into v_item from public.queue_items where id = p_item_id;
  update public.queue_items set status = 'removed', round = null, pinned_order = null where id = p_item_id;
  perform private.append_event(v_item.session_id, 'queue.removed', jsonb_build_object('itemId', p_item_id)
    || case when v_item.round is null then '{}' else jsonb_build_object('turns', private.turns_json(v_item.session_id)) end,
    p_actor, p_command_id);
end $$;

-- Puts an item in front of another (null: behind the pinned ones) and pins everything that then stands above it too.
create function private.move_in_queue(p_session_id uuid, p_command_id uuid, p_item_id uuid, p_before_item_id uuid)
returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_order uuid[];
  v_place int;
  v_pins jsonb;
begin
  c := private.open_command(p_session_id, p_command_id, 'queue.move', 'order_queue',
    jsonb_build_array(p_item_id, p_before_item_id));
  if c.done then return private.acknowledge(c); end if;
  if not exists (select from public.queue_items where id = p_item_id and session_id = c.session_id)
    or (p_before_item_id is not null and not exists (
      select from public.queue_items where id = p_before_item_id and session_id = c.session_id)) then
    perform private.refuse('not_found');
  end if;
  select array_agg(o.item_id order by o.place) into v_order from private.ordered_queue(c.session_id) o;
  if p_item_id = p_before_item_id then perform private.refuse('invalid_input', '{"field": "beforeItemId"}'); end if;
  if array_position(v_order, p_item_id) is null
    or (p_before_item_id is not null and array_position(v_order, p_before_item_id) is null) then
    perform private.refuse('stale');
  end if;

  v_order := array_remove(v_order, p_item_id);
  if p_before_item_id is null then
    select count(*) into v_place from public.queue_items
    where session_id = c.session_id and status = 'waiting' and pinned_order is not null and id <> p_item_id;
  else
    v_place := array_position(v_order, p_before_item_id) - 1;
  end if;
  v_order := v_order[:v_place] || p_item_id;

  -- Those pinned further down keep their order behind the newly pinned ones.
  select v_order || coalesce(array_agg(id order by pinned_order, votes desc, added_at, id), '{}') into v_order
  from public.queue_items
  where session_id = c.session_id and status = 'waiting' and pinned_order is not null and id <> all (v_order);

  with changed as (
    update public.queue_items i set pinned_order = n.place::int
    from unnest(v_order) with ordinality as n (id, place)
    where i.id = n.id and i.pinned_order is distinct from n.place::int
    returning i.id, i.pinned_order
  )
  select jsonb_agg(jsonb_build_object('itemId', id, 'pinnedOrder', pinned_order) order by pinned_order) into v_pins
  from changed;
  if v_pins is not null then perform private.command_event(c, 'queue.pinned', jsonb_build_object('pins', v_pins)); end if;
  return private.acknowledge(c);
end $$;

create function private.unpin_item(p_session_id uuid, p_command_id uuid, p_item_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_item public.queue_items;
begin
  c := private.open_command(p_session_id, p_command_id, 'queue.unpin', 'order_queue', jsonb_build_array(p_item_id));
  if c.done then return private.acknowledge(c); end if;
  select * into v_item from public.queue_items where id = p_item_id and session_id = c.session_id;
  if v_item.id is null then perform private.refuse('not_found'); end if;
  if v_item.status <> 'waiting' then perform private.refuse('stale'); end if;
  if v_item.pinned_order is not null then
    update public.queue_items set pinned_order = null where id = v_item.id;
    perform private.command_event(c, 'queue.pinned', jsonb_build_object('pins',
      jsonb_build_array(jsonb_build_object('itemId', v_item.id, 'pinnedOrder', null))));
  end if;
  return private.acknowledge(c);
end $$;
