-- Many come at once. A crowd must neither queue up behind the session's row, which every message needs, nor have the same
-- snapshot made for each of them.

-- Joining ---------------------------------------------------------------------------------------------------------------
-- Held to the end of the transaction by whoever decides whether this person is in the session. Taken after the session.
create function private.lock_membership(p_session_id uuid, p_user_id uuid) returns void
language sql set search_path = ''
return pg_advisory_xact_lock(hashtextextended(p_session_id::text || p_user_id::text, 0));

-- Whether the room is so small that it hears of everybody who comes in.
create function private.is_small(p_session_id uuid, p_max int) returns boolean
language sql stable set search_path = ''
return (
  select count(*) <= p_max
  from (select from public.session_members where session_id = p_session_id limit p_max + 1) members);

-- As before; only who is told of takes a number of the log, and so only they lock the session.
create or replace function private.become_member(p_session_id uuid, p_invitation text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_profile public.profiles;
  v_session public.dj_sessions;
  v_role text;
  v_muted_until timestamptz;
  v_is_small boolean;
begin
  select * into v_profile from public.profiles where id = v_me;
  if v_profile.id is null then perform private.refuse('not_signed_in'); end if;
  select role into v_role from public.session_members where session_id = p_session_id and user_id = v_me;
  if v_role is not null then
    perform private.touch_member(p_session_id, v_me);
    return jsonb_build_object('role', v_role);
  end if;

  perform private.limit_rate(v_me, 'join', 30, '1 minute');
  v_is_small := private.is_small(p_session_id, 199);
  if v_is_small then perform from public.dj_sessions where id = p_session_id for no key update; end if;
  perform private.lock_membership(p_session_id, v_me);
  select * into v_session from public.dj_sessions where id = p_session_id;
  if v_session.id is null then perform private.refuse('not_found'); end if;
  if exists (select from public.session_bans where session_id = p_session_id and user_id = v_me) then
    perform private.refuse('banned');
  end if;
  if v_session.visibility = 'private' then
    update public.session_invitations set uses = uses + 1
    where session_id = p_session_id and token_hash = private.token_hash(p_invitation)
      and revoked_at is null and expires_at > now() and uses < max_uses;
    if not found then perform private.refuse('invitation_invalid'); end if;
  end if;
  if v_session.status = 'ended' then perform private.refuse('session_ended'); end if;

  -- A banned guest is back as a new one in seconds: for half an hour after a guest was banned, guests younger than the
  -- ban come in muted for ten minutes. They hear everything and may vote.
  if v_profile.is_guest then
    select now() + interval '10 minutes' into v_muted_until from public.session_bans
    where session_id = p_session_id and was_guest and created_at > now() - interval '30 minutes'
      and created_at < v_profile.created_at limit 1;
  end if;
  insert into public.session_members (session_id, user_id, role, muted_until)
  values (p_session_id, v_me, 'listener', v_muted_until)
  on conflict do nothing;
  if found and v_is_small and private.is_small(p_session_id, 200) then
    perform private.append_event(p_session_id, 'member.joined',
      jsonb_build_object('userId', v_me, 'name', v_profile.display_name, 'role', 'listener'), v_me, null);
    perform private.send(p_session_id, private.envelope(p_session_id, v_session.seq, null));
  end if;
  return jsonb_build_object('role', 'listener');
end $$;

-- As before, but listeners are counted no further than whoever asks wants to know.
drop function public.join_session(uuid, text);
drop function private.join_session(uuid, text);
create function private.join_session(p_session_id uuid, p_invitation text, p_count_to int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_joined jsonb := private.become_member(p_session_id, p_invitation);
begin
  return v_joined || jsonb_build_object(
    'channel', (select channel from public.dj_sessions where id = p_session_id),
    'listenerCount', (
      select count(*) from (
        select from public.session_members
        where session_id = p_session_id and last_seen_at > now() - interval '10 minutes'
        limit least(greatest(p_count_to, 0), 10000)
      ) listeners));
end $$;

create function public.join_session(p_session_id uuid, p_invitation text default null, p_count_to int default 1000) returns jsonb language sql volatile set search_path = ''
return private.join_session(p_session_id, p_invitation, p_count_to);

-- As before; a join of the same person that is under way is waited for, and one that comes later sees the ban.
create or replace function private.ban_member(p_session_id uuid, p_user_id uuid, p_reason text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_session public.dj_sessions := private.preside(p_session_id, 'moderate');
  v_banned public.profiles;
  v_item_id uuid;
  v_envelope jsonb;
begin
  perform private.lock_membership(p_session_id, p_user_id);
  perform private.refuse_protected(p_session_id, p_user_id);
  select * into v_banned from public.profiles where id = p_user_id;
  if v_banned.id is null then perform private.refuse('not_found'); end if;
  insert into public.session_bans (session_id, user_id, banned_by, reason, was_guest)
  values (p_session_id, p_user_id, private.me(), nullif(private.clean_line(p_reason, 200), ''), v_banned.is_guest)
  on conflict do nothing;
  if not found then return jsonb_build_object('banned', true); end if;

  -- Who was never in is kept out quietly.
  delete from public.session_members where session_id = p_session_id and user_id = p_user_id;
  if not found then return jsonb_build_object('banned', true); end if;
  perform private.revoke_lease(p_session_id, p_user_id);
  delete from public.queue_votes v using public.queue_items i
  where v.user_id = p_user_id and i.id = v.item_id and i.session_id = p_session_id and i.status = 'waiting';
  update public.dj_sessions set tallies_rev = tallies_rev + 1 where id = p_session_id;
  for v_item_id in
    select id from public.queue_items where session_id = p_session_id and added_by = p_user_id and status = 'waiting'
  loop
    perform private.drop_item(v_item_id, private.me(), null);
  end loop;
  perform private.append_event(p_session_id, 'member.banned',
    jsonb_build_object('userId', p_user_id, 'channel', v_session.channel + 1), private.me(), null);
  v_envelope := private.envelope(p_session_id, v_session.seq,
    jsonb_build_object('tallies', private.tallies_json(p_session_id)));
  perform private.send(p_session_id, v_envelope);
  update public.dj_sessions set channel = channel + 1 where id = p_session_id;
  return jsonb_build_object('banned', true, 'envelope', v_envelope);
end $$;

-- Snapshots ---------------------------------------------------------------------------------------------------------------
-- What is the same for everybody in it, for the server alone: it gives this to whoever gets a `my_snapshot`. One
-- statement, so the state is exactly the one at `seq`. Null where there is no such session.
create function private.hub_snapshot(p_session_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'epoch', s.epoch,
    'seq', s.seq,
    'channel', s.channel,
    'session', private.session_json(s),
    'members', (
      -- Chosen before their names are looked up: a crowd has ten thousand, and two hundred are told.
      select coalesce(jsonb_agg(jsonb_build_object('userId', m.user_id, 'name', p.display_name, 'role', m.role)
        order by m.place), '[]')
      from (
        select user_id, role, row_number() over (
          order by array_position(array['dj', 'co_dj', 'moderator', 'listener'], role), last_seen_at desc, user_id) as place
        from public.session_members where session_id = s.id
        order by place limit 200
      ) m join public.profiles p on p.id = m.user_id),
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
    'turns', private.turns_json(s.id),
    'live', private.current_live_json(s.id)
  ) || private.state_json(s.id)
  from public.dj_sessions s where s.id = p_session_id
$$;

-- What is the caller's own, and whether they get a snapshot at all: members do. Asked after the other part, so that the
-- events that follow on that one's `seq` are at most told twice.
create function private.my_snapshot(p_session_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_mine jsonb;
begin
  select jsonb_build_object(
    'me', jsonb_build_object('userId', m.user_id, 'role', m.role, 'name', p.display_name,
      'mutedUntil', case when m.muted_until > clock_timestamp() then private.to_ms(m.muted_until) end),
    'myVotes', (
      select coalesce(jsonb_agg(v.item_id), '[]')
      from public.queue_items i join public.queue_votes v on v.item_id = i.id and v.user_id = v_me
      where i.session_id = m.session_id and i.status in ('waiting', 'scheduled', 'playing')))
  into v_mine
  from public.session_members m join public.profiles p on p.id = m.user_id
  where m.session_id = p_session_id and m.user_id = v_me;
  -- Says why.
  if v_mine is null then perform private.my_role(p_session_id); end if;
  perform private.touch_member(p_session_id, v_me);
  return v_mine;
end $$;

create function public.hub_snapshot(p_session_id uuid) returns jsonb language sql stable set search_path = ''
return private.hub_snapshot(p_session_id);

create function public.my_snapshot(p_session_id uuid) returns jsonb language sql volatile set search_path = ''
return private.my_snapshot(p_session_id);

drop function public.session_snapshot;
drop function private.session_snapshot;
drop function private.snapshot_json;

revoke all on function
  private.lock_membership, private.is_small, private.join_session, private.hub_snapshot, private.my_snapshot,
  public.join_session, public.hub_snapshot, public.my_snapshot
from public, anon, authenticated, service_role;
grant execute on function
  private.join_session, private.my_snapshot, public.join_session, public.my_snapshot
to authenticated;
grant execute on function private.hub_snapshot, public.hub_snapshot to service_role;
