-- What a client needs to begin and to catch up. Both are built by one `stable` function each, whose statements all see
-- the same moment: the state is exactly the one at `seq`.

-- A member's role; refuses everybody else. Members of a session that ended may still look back.
create function private.my_role(p_session_id uuid) returns text
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_role text;
  v_session public.dj_sessions;
begin
  select role into v_role from public.session_members where session_id = p_session_id and user_id = private.me();
  if v_role is null then
    select * into v_session from public.dj_sessions where id = p_session_id;
    if v_session.id is null then perform private.refuse('not_found'); end if;
    perform private.refuse_outsider(v_session, private.me());
  end if;
  return v_role;
end $$;

create function private.snapshot_json(p_session_id uuid, p_me uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'epoch', s.epoch,
    'seq', s.seq,
    'session', private.session_json(s),
    'me', (
      select jsonb_build_object('userId', m.user_id, 'role', m.role, 'name', p.display_name,
        'mutedUntil', case when m.muted_until > clock_timestamp() then private.to_ms(m.muted_until) end)
      from public.session_members m join public.profiles p on p.id = m.user_id
      where m.session_id = s.id and m.user_id = p_me),
    'members', (
      select coalesce(jsonb_agg(jsonb_build_object('userId', m.user_id, 'name', m.display_name, 'role', m.role)), '[]')
      from (
        select m.user_id, p.display_name, m.role
        from public.session_members m join public.profiles p on p.id = m.user_id
        where m.session_id = s.id
        order by array_position(array['dj', 'co_dj', 'moderator', 'listener'], m.role), m.last_seen_at desc, m.user_id
        limit 200
      ) m),
    'memberCount', (select count(*) from public.session_members m where m.session_id = s.id),
    'messages', (
      select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'authorId', g.author_id, 'authorName', p.display_name,
        'text', g.text, 'at', private.to_ms(g.created_at)) order by g.seq), '[]')
      from (
        select * from public.messages
        where session_id = s.id and removed_at is null order by seq desc limit 50
      ) g join public.profiles p on p.id = g.author_id),
    'queue', (
      select coalesce(jsonb_agg(private.queue_item_json(i.id) order by i.added_at, i.id), '[]')
      from public.queue_items i
      where i.session_id = s.id and i.status in ('waiting', 'scheduled', 'playing')),
    'myVotes', (
      select coalesce(jsonb_agg(v.item_id), '[]')
      from public.queue_items i join public.queue_votes v on v.item_id = i.id and v.user_id = p_me
      where i.session_id = s.id and i.status in ('waiting', 'scheduled', 'playing')),
    'turns', private.turns_json(s.id)
  ) || private.state_json(s.id)
  from public.dj_sessions s where s.id = p_session_id
$$;

create function private.session_snapshot(p_session_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.my_role(p_session_id);
  perform private.touch_member(p_session_id, private.me());
  return private.snapshot_json(p_session_id, private.me());
end $$;

-- The events after a cursor, at most 500 at once, with the state. A cursor from the future, or from so far back that a
-- snapshot is cheaper, gets {epoch, reset: true}.
create function private.events_json(p_session_id uuid, p_after bigint) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select case when p_after between s.seq - 2000 and s.seq and p_after >= 0
    then private.envelope(s.id, p_after, private.state_json(s.id), 500)
    else jsonb_build_object('epoch', s.epoch, 'reset', true) end
  from public.dj_sessions s where s.id = p_session_id
$$;

create function private.events_after(p_session_id uuid, p_after bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.my_role(p_session_id);
  perform private.touch_member(p_session_id, private.me());
  return private.events_json(p_session_id, p_after);
end $$;

-- Says that the caller is still here, for those who only listen.
create function private.touch_session(p_session_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.my_role(p_session_id);
  perform private.touch_member(p_session_id, private.me());
  return jsonb_build_object('seen', true);
end $$;
