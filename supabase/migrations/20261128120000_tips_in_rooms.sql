-- What a room shows of its tips: to those who come in, and without the words that somebody took away.

create index session_events_tips_idx on public.session_events (session_id, seq) where kind = 'tip.received';

-- As before, with the newest tips, as far back as the messages go.
create or replace function private.hub_snapshot(p_session_id uuid) returns jsonb
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
    'tips', (
      select coalesce(jsonb_agg(t.payload order by t.seq), '[]')
      from (
        select seq, payload from public.session_events
        where session_id = s.id and kind = 'tip.received' and seq > coalesce((
          select g.seq from public.messages g
          where g.session_id = s.id and g.removed_at is null order by g.seq desc offset 49 limit 1), 0)
        order by seq desc limit 50
      ) t),
    'queue', (
      select coalesce(jsonb_agg(private.queue_item_json(i.id) order by i.added_at, i.id), '[]')
      from public.queue_items i
      where i.session_id = s.id and i.status in ('waiting', 'scheduled', 'playing')),
    'turns', private.turns_json(s.id),
    'live', private.current_live_json(s.id)
  ) || private.state_json(s.id)
  from public.dj_sessions s where s.id = p_session_id
$$;

-- By who moderates. The words leave the log and the tip too: nobody who catches up later, or looks at what they received, reads
-- them. The tip itself stays.
create function private.remove_tip_words(p_session_id uuid, p_command_id uuid, p_tip_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_message text;
begin
  c := private.open_command(p_session_id, p_command_id, 'tip.remove_words', 'moderate', jsonb_build_array(p_tip_id));
  if c.done then return private.acknowledge(c); end if;
  -- What the room has heard of, and no other.
  select payload ->> 'message' into v_message from public.session_events
  where session_id = c.session_id and kind = 'tip.received' and payload ->> 'tipId' = p_tip_id::text;
  if not found then perform private.refuse('not_found'); end if;
  if v_message is not null then
    update public.session_events set payload = payload || '{"message": null}'
    where session_id = c.session_id and kind = 'tip.received' and payload ->> 'tipId' = p_tip_id::text;
    update public.tips set message = null where id = p_tip_id;
    perform private.command_event(c, 'tip.words_removed', jsonb_build_object('tipId', p_tip_id));
  end if;
  return private.acknowledge(c);
end $$;

create function public.remove_tip_words(p_session_id uuid, p_command_id uuid, p_tip_id uuid) returns jsonb language sql volatile set search_path = ''
return private.remove_tip_words(p_session_id, p_command_id, p_tip_id);

revoke all on function private.remove_tip_words, public.remove_tip_words from public, anon, authenticated, service_role;
grant execute on function private.remove_tip_words, public.remove_tip_words to authenticated;

-- As before; tips of the blocked have no words.
create or replace function private.without_blocked(p_catch_up jsonb, p_me uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select case
    when p_catch_up -> 'items' is null or not exists (select from public.blocks where blocker_id = p_me) then p_catch_up
    else jsonb_set(p_catch_up, '{items}', (
      select coalesce(jsonb_agg(
        case when exists (
            select from public.blocks
            where blocker_id = p_me and blocked_id::text = item #>> case item ->> 'kind'
              when 'chat.sent' then '{payload,authorId}'::text[]
              when 'tip.received' then '{payload,giverId}' end)
          then jsonb_set(item, '{payload}', item -> 'payload'
            || case item ->> 'kind' when 'chat.sent' then '{"text": ""}' else '{"message": null}' end::jsonb)
          else item end order by place), '[]')
      from jsonb_array_elements(p_catch_up -> 'items') with ordinality as given (item, place))) end
$$;
