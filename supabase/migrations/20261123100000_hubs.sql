-- What the app's hubs need (lib/server/realtime): the answer to a command carries the envelope that the command sent, so that
-- the instance that committed it tells its own readers at once, and Realtime tells the other instances.

-- As before, with the envelope in the answer. A repeat has none: whoever asks again was told before.
create or replace function private.acknowledge(c private.command, p_state jsonb default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_seq bigint := c.done_seq;
  v_envelope jsonb;
begin
  if not c.done then
    select nullif(seq, c.from_seq) into v_seq from public.dj_sessions where id = c.session_id;
    insert into private.session_commands (session_id, actor, command_id, body_hash, seq)
    values (c.session_id, c.me, c.command_id, c.body_hash, v_seq);
    perform private.touch_member(c.session_id, c.me);
    if v_seq is not null or p_state is not null then
      v_envelope := private.envelope(c.session_id, c.from_seq, p_state);
      perform private.send(c.session_id, v_envelope);
    end if;
  end if;
  return case when v_envelope is null then '{}' else jsonb_build_object('envelope', v_envelope) end
    || jsonb_build_object('commandId', c.command_id, 'seq', v_seq);
end $$;

create or replace function private.vote(p_session_id uuid, p_command_id uuid, p_item_id uuid, p_voted boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_status text;
  v_envelope jsonb;
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
    v_envelope := private.state_envelope(c.session_id,
      jsonb_build_object('tallies', private.tallies_json(c.session_id)));
    perform private.send(c.session_id, v_envelope);
  end if;
  return case when v_envelope is null then '{}' else jsonb_build_object('envelope', v_envelope) end
    || jsonb_build_object('commandId', c.command_id, 'seq', null,
      'rev', (select tallies_rev from public.dj_sessions where id = c.session_id));
end $$;

-- Joining tells how large the room is, so that the server can say by which way to listen. -------------------------------------
alter function private.join_session rename to become_member;
revoke all on function private.become_member from public, anon, authenticated, service_role;

create function private.join_session(p_session_id uuid, p_invitation text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_joined jsonb := private.become_member(p_session_id, p_invitation);
begin
  return v_joined || jsonb_build_object('listenerCount', (
    select count(*) from public.session_members
    where session_id = p_session_id and last_seen_at > now() - interval '10 minutes'));
end $$;

-- The API's function was bound to the one that was renamed.
create or replace function public.join_session(p_session_id uuid, p_invitation text default null) returns jsonb language sql volatile set search_path = ''
return private.join_session(p_session_id, p_invitation);

-- For the hubs alone ------------------------------------------------------------------------------------------------------------
-- The log after a cursor, as `events_after` gives it to a member; without a cursor its newest 200 events.
create function private.hub_log(p_session_id uuid, p_after bigint) returns jsonb
language sql stable security definer set search_path = ''
return private.events_json(p_session_id,
  coalesce(p_after, (select greatest(seq - 200, 0) from public.dj_sessions where id = p_session_id)));

-- Who of these people may hear the session: one question for everybody who comes in the same moment.
create function private.hub_members_among(p_session_id uuid, p_user_ids uuid[]) returns jsonb
language sql stable security definer set search_path = ''
return (
  select coalesce(jsonb_agg(user_id), '[]') from public.session_members
  where session_id = p_session_id and user_id = any (p_user_ids));

-- Who is listening by a stream is seen, without asking for anything.
create function private.touch_members(p_session_id uuid, p_user_ids uuid[]) returns int
language plpgsql security definer set search_path = ''
as $$
declare
  v_touched int;
begin
  update public.session_members set last_seen_at = now()
  where session_id = p_session_id and user_id = any (p_user_ids) and last_seen_at < now() - interval '1 minute';
  get diagnostics v_touched = row_count;
  return v_touched;
end $$;

create function public.hub_log(p_session_id uuid, p_after bigint default null) returns jsonb language sql stable set search_path = ''
return private.hub_log(p_session_id, p_after);

create function public.hub_members_among(p_session_id uuid, p_user_ids uuid[]) returns jsonb language sql stable set search_path = ''
return private.hub_members_among(p_session_id, p_user_ids);

create function public.touch_members(p_session_id uuid, p_user_ids uuid[]) returns int language sql volatile set search_path = ''
return private.touch_members(p_session_id, p_user_ids);

-- The poll and the hubs say who is here; nothing calls this one.
drop function public.touch_session;
drop function private.touch_session;

revoke all on function private.join_session, private.hub_log, private.hub_members_among, private.touch_members,
  public.hub_log, public.hub_members_among, public.touch_members
from public, anon, authenticated, service_role;
grant execute on function private.join_session to authenticated;
grant execute on function
  private.hub_log, private.hub_members_among, private.touch_members,
  public.hub_log, public.hub_members_among, public.touch_members
to service_role;
