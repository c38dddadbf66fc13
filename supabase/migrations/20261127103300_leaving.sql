-- Taking one's data along, and leaving without a trace. supabase/tests/leaving.test.ts holds both against the catalogue:
-- each table has a rule there.

-- An account that goes -----------------------------------------------------------------------------------------------
-- Rows that are the person's go by their foreign keys. What sessions of others remember is anonymised here, however the
-- account goes: by hand, by the server, from the dashboard. Their logs keep every event, so that `seq` has no gap.
-- Finds the sessions whose log knows somebody only by their coming in.
create index session_events_joined_idx on public.session_events (actor) where kind = 'member.joined';

-- A payload of the log without the person: another id stands for theirs, nothing for their name, words and music. Their
-- music is known by its id, or, where it was deleted before, by the folder that it lay in.
create function private.without_person(p_payload jsonb, p_user_id uuid, p_stand_in uuid, p_track_ids text[]) returns jsonb
language sql volatile set search_path = ''
as $$
  select replace(replace((p_payload
    || case when p_payload ->> 'authorId' = p_user_id::text then '{"authorName": "…", "text": ""}' else '{}' end::jsonb
    || case when p_payload ->> 'userId' = p_user_id::text and p_payload ? 'name' then '{"name": "…"}' else '{}' end::jsonb
    || case when p_payload ->> 'addedBy' = p_user_id::text then '{"addedByName": "…"}' else '{}' end::jsonb
    || case when t.is_theirs
      then jsonb_build_object('track', (p_payload -> 'track') || '{"title": "…", "artist": null}') else '{}' end
    )::text,
    p_user_id::text, p_stand_in::text),
    case when t.is_theirs then p_payload #>> '{track,id}' else p_user_id::text end, gen_random_uuid()::text)::jsonb
  from (
    select coalesce(p_payload #>> '{track,id}' = any (p_track_ids)
      or p_payload #>> '{track,playlistPath}' like 'tracks/' || p_user_id || '/%', false) as is_theirs
  ) t
$$;

create function private.erase_traces() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_session public.dj_sessions;
  v_stand_in uuid;
  v_track_ids text[] := array(select id::text from public.tracks where owner_id = old.id);
  v_id uuid;
begin
  for v_session in
    select * from public.dj_sessions where dj_id <> old.id and id in (
      select session_id from public.session_members where user_id = old.id
      union select session_id from public.session_bans where user_id = old.id
      union select session_id from public.messages where author_id = old.id
      union select session_id from public.queue_items where added_by = old.id
      union select i.session_id from public.queue_items i join public.tracks t on t.id = i.track_id where t.owner_id = old.id
      union select session_id from public.session_events where kind = 'member.joined' and actor = old.id)
    order by id for no key update
  loop
    -- Another one in each session: who was the same person in two of them is nobody's business any more.
    v_stand_in := gen_random_uuid();
    if v_session.status = 'live' then
      for v_id in
        select id from public.messages
        where session_id = v_session.id and author_id = old.id and removed_at is null order by seq
      loop
        perform private.append_event(v_session.id, 'chat.removed', jsonb_build_object('messageId', v_id), null, null);
      end loop;
      for v_id in
        select i.id from public.queue_items i join public.tracks t on t.id = i.track_id
        where i.session_id = v_session.id and i.status = 'waiting' and (i.added_by = old.id or t.owner_id = old.id)
      loop
        perform private.drop_item(v_id, null, null);
      end loop;
    end if;
    update public.session_events set payload = private.without_person(payload, old.id, v_stand_in, v_track_ids)
    where session_id = v_session.id
      and (payload::text like '%' || old.id || '%' or payload #>> '{track,id}' = any (v_track_ids));
    update public.session_events set actor = null where session_id = v_session.id and actor = old.id;
    -- What sounds, or has sounded, stays in the session's story as the DJ's.
    update public.queue_items set added_by = v_session.dj_id, round = null
    where session_id = v_session.id and added_by = old.id and status in ('scheduled', 'playing', 'played');
    delete from public.queue_votes v using public.queue_items i
    where v.user_id = old.id and i.id = v.item_id and i.session_id = v_session.id;
    if v_session.status = 'live' then
      update public.dj_sessions set tallies_rev = tallies_rev + 1 where id = v_session.id;
      perform private.send(v_session.id, private.envelope(v_session.id, v_session.seq,
        jsonb_build_object('tallies', private.tallies_json(v_session.id))));
    end if;
  end loop;
  delete from private.session_commands where actor = old.id;
  delete from private.rate_counters where subject = old.id;
  return old;
end $$;
create trigger erase_traces before delete on public.profiles
  for each row execute function private.erase_traces();

-- Taking one's data along --------------------------------------------------------------------------------------------
-- Everything that is kept about the caller, one list a topic, as it is stored.
create function private.export_my_data() returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
begin
  perform private.limit_rate(v_me, 'export', 6, '1 hour');
  return jsonb_build_object(
    'account', (
      select jsonb_build_object('id', u.id, 'email', u.email, 'phone', u.phone, 'isGuest', u.is_anonymous,
        'createdAt', u.created_at, 'lastSignInAt', u.last_sign_in_at, 'metadata', u.raw_user_meta_data)
      from auth.users u where u.id = v_me),
    'identities', (
      select coalesce(jsonb_agg(jsonb_build_object('provider', i.provider, 'data', i.identity_data,
        'createdAt', i.created_at, 'lastSignInAt', i.last_sign_in_at) order by i.created_at), '[]')
      from auth.identities i where i.user_id = v_me),
    'devices', private.my_devices(),
    'profile', (select to_jsonb(p) - 'handle_skeleton' from public.profiles p where p.id = v_me),
    'follows', (
      select coalesce(jsonb_agg(to_jsonb(f) order by f.created_at), '[]') from public.follows f where f.follower_id = v_me),
    'blocks', (
      select coalesce(jsonb_agg(to_jsonb(b) order by b.created_at), '[]') from public.blocks b where b.blocker_id = v_me),
    'tracks', (
      select coalesce(jsonb_agg(to_jsonb(t) - 'manifest' order by t.created_at), '[]')
      from public.tracks t where t.owner_id = v_me),
    'setlists', (
      select coalesce(jsonb_agg(to_jsonb(l) || jsonb_build_object('items', (
          select coalesce(jsonb_agg(to_jsonb(i) order by i.position), '[]')
          from public.setlist_items i where i.setlist_id = l.id))), '[]')
      from public.setlists l where l.owner_id = v_me),
    'sessions', (
      select coalesce(jsonb_agg(to_jsonb(s) - 'epoch' order by s.started_at), '[]')
      from public.dj_sessions s where s.dj_id = v_me),
    'memberships', (
      select coalesce(jsonb_agg(to_jsonb(m) order by m.joined_at), '[]')
      from public.session_members m where m.user_id = v_me),
    'bans', (
      select coalesce(jsonb_agg(to_jsonb(b) - 'banned_by' order by b.created_at), '[]')
      from public.session_bans b where b.user_id = v_me),
    'invitations', (
      select coalesce(jsonb_agg(to_jsonb(i) - 'token_hash' order by i.created_at), '[]')
      from public.session_invitations i where i.created_by = v_me),
    'messages', (
      select coalesce(jsonb_agg(to_jsonb(m) order by m.created_at), '[]')
      from public.messages m where m.author_id = v_me),
    'queueItems', (
      select coalesce(jsonb_agg(to_jsonb(i) order by i.added_at), '[]')
      from public.queue_items i where i.added_by = v_me),
    'votes', (
      select coalesce(jsonb_agg(to_jsonb(v) order by v.created_at), '[]')
      from public.queue_votes v where v.user_id = v_me),
    'liveStreams', (
      select coalesce(jsonb_agg(to_jsonb(l)), '[]') from public.live_streams l where l.started_by = v_me),
    'listeningReports', (
      select coalesce(jsonb_agg(to_jsonb(r)), '[]') from private.listening_reports r where r.user_id = v_me));
end $$;

create function public.export_my_data() returns jsonb language sql volatile set search_path = ''
return private.export_my_data();

-- Rights -------------------------------------------------------------------------------------------------------------
revoke all on function
  private.without_person, private.erase_traces, private.export_my_data, public.export_my_data
from public, anon, authenticated, service_role;
grant execute on function public.export_my_data, private.export_my_data to authenticated;
