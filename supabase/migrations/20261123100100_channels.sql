-- A ban moves everybody to another channel. Realtime asks the policies when somebody comes in and when they bring a new
-- token, which may be an hour later; until then a channel goes on carrying whoever is in it. So the news of a ban is the last
-- thing that a channel says: the room goes on in the next one, and into that one who was banned is not let.

-- How often that has happened. The first channel of a session is `session:<id>`, the later ones `session:<id>:<n>`.
alter table public.dj_sessions add column channel int not null default 0;

update public.session_events set payload = payload || '{"channel": 0}'
where kind = 'member.banned' and not payload ? 'channel';

create function private.session_topic(p_session_id uuid) returns text
language sql stable set search_path = ''
as $$
  select 'session:' || id || case when channel > 0 then ':' || channel else '' end
  from public.dj_sessions where id = p_session_id
$$;

create or replace function private.send(p_session_id uuid, p_envelope jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform realtime.send(p_envelope, 'envelope', private.session_topic(p_session_id), true);
end $$;

create or replace function private.may_hear(p_topic text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select case when p_topic ~ '^session:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:[0-9]+)?$' then exists (
    select from public.session_members
    where session_id = split_part(p_topic, ':', 2)::uuid and user_id = (select auth.uid())
      and p_topic = private.session_topic(session_id)) else false end
$$;

-- As before; the event says which channel is the next one, and is the last that the old one carries.
create or replace function private.ban_member(p_session_id uuid, p_user_id uuid, p_reason text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_session public.dj_sessions := private.preside(p_session_id, 'moderate');
  v_banned public.profiles;
  v_item_id uuid;
  v_envelope jsonb;
begin
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

-- Joining says in which channel the room is.
create or replace function private.join_session(p_session_id uuid, p_invitation text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_joined jsonb := private.become_member(p_session_id, p_invitation);
begin
  return v_joined || jsonb_build_object(
    'channel', (select channel from public.dj_sessions where id = p_session_id),
    'listenerCount', (
      select count(*) from public.session_members
      where session_id = p_session_id and last_seen_at > now() - interval '10 minutes'));
end $$;

-- And so does a snapshot, for whoever missed the ban.
create or replace function private.session_snapshot(p_session_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.my_role(p_session_id);
  perform private.touch_member(p_session_id, private.me());
  return private.snapshot_json(p_session_id, private.me())
    || jsonb_build_object('channel', (select channel from public.dj_sessions where id = p_session_id));
end $$;

-- So do hubs learn it, which are members of nothing.
create function private.hub_channel(p_session_id uuid) returns int
language sql stable security definer set search_path = ''
return (select channel from public.dj_sessions where id = p_session_id);

create function public.hub_channel(p_session_id uuid) returns int language sql stable set search_path = ''
return private.hub_channel(p_session_id);

revoke all on function private.session_topic, private.hub_channel, public.hub_channel
from public, anon, authenticated, service_role;
grant execute on function private.hub_channel, public.hub_channel to service_role;
