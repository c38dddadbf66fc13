-- A room of more than 200 hears no longer of everybody who comes in (`become_member`). So that its clients know nevertheless
-- how many may be here, the state says how many members there are: with each of the DJ's heartbeats, and to whoever asks
-- for the log. The primary key alone is read for it.
create or replace function private.state_json(p_session_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('playback', private.playback_json(p), 'tallies', private.tallies_json(p_session_id),
      'dj', private.dj_json(p))
    || case when members.count > 200 then jsonb_build_object('memberCount', members.count) else '{}' end
  from public.playback p
  cross join (select count(*) from public.session_members where session_id = p_session_id) members
  where p.session_id = p_session_id
$$;
