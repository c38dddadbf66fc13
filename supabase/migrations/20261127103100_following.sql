-- Whom one follows, and whom one does not want to hear from.

create table public.follows (
  follower_id uuid not null references public.profiles on delete cascade,
  followed_id uuid not null references public.profiles on delete cascade,
  created_at timestamptz not null default now(),
  primary key (follower_id, followed_id),
  check (follower_id <> followed_id)
);
create index follows_followed_id_idx on public.follows (followed_id, follower_id);
alter table public.follows enable row level security;
-- Whom one follows is one's own affair: the other side sees a count.
create policy "People see whom they follow" on public.follows
  for select to authenticated using (follower_id = (select auth.uid()));
grant select on public.follows to authenticated;

create table public.blocks (
  blocker_id uuid not null references public.profiles on delete cascade,
  blocked_id uuid not null references public.profiles on delete cascade,
  created_at timestamptz not null default now(),
  primary key (blocker_id, blocked_id),
  check (blocker_id <> blocked_id)
);
create index blocks_blocked_id_idx on public.blocks (blocked_id);
alter table public.blocks enable row level security;
create policy "People see whom they block" on public.blocks
  for select to authenticated using (blocker_id = (select auth.uid()));
grant select on public.blocks to authenticated;

-- Following ----------------------------------------------------------------------------------------------------------
-- Somebody else who exists; refuses oneself and the unknown.
create function private.somebody_else(p_user_id uuid) returns uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  if p_user_id is null or p_user_id = private.me() then
    perform private.refuse('invalid_input', '{"field": "userId"}');
  end if;
  if not exists (select from public.profiles where id = p_user_id) then perform private.refuse('not_found'); end if;
  return p_user_id;
end $$;

-- Repeating it changes nothing. Between two of whom one blocks the other nobody follows.
create function private.follow(p_user_id uuid, p_following boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_other uuid := private.somebody_else(p_user_id);
begin
  perform private.limit_rate(v_me, 'follow', 60, '1 minute');
  if p_following then
    if exists (select from public.blocks
      where (blocker_id = v_me and blocked_id = v_other) or (blocker_id = v_other and blocked_id = v_me)) then
      perform private.refuse('not_allowed');
    end if;
    if (select count(*) from public.follows where follower_id = v_me) >= 2000 then
      perform private.refuse('too_large');
    end if;
    insert into public.follows (follower_id, followed_id) values (v_me, v_other) on conflict do nothing;
  else
    delete from public.follows where follower_id = v_me and followed_id = v_other;
  end if;
  return jsonb_build_object('following', coalesce(p_following, false));
end $$;

-- Blocking ends following in both directions.
create function private.block(p_user_id uuid, p_blocked boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_other uuid := private.somebody_else(p_user_id);
begin
  perform private.limit_rate(v_me, 'block', 60, '1 minute');
  if p_blocked then
    if (select count(*) from public.blocks where blocker_id = v_me) >= 1000 then
      perform private.refuse('too_large');
    end if;
    insert into public.blocks (blocker_id, blocked_id) values (v_me, v_other) on conflict do nothing;
    delete from public.follows
    where (follower_id = v_me and followed_id = v_other) or (follower_id = v_other and followed_id = v_me);
  else
    delete from public.blocks where blocker_id = v_me and blocked_id = v_other;
  end if;
  return jsonb_build_object('blocked', coalesce(p_blocked, false));
end $$;

create function private.person_json(p public.profiles) returns jsonb
language sql stable set search_path = ''
return jsonb_build_object(
  'userId', p.id, 'displayName', p.display_name, 'handle', p.handle, 'avatarPath', p.avatar_path);

-- {following, blocked}: people, the newest first.
create function private.my_people() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
begin
  return jsonb_build_object(
    'following', (
      select coalesce(jsonb_agg(private.person_json(p) order by f.created_at desc), '[]')
      from public.follows f join public.profiles p on p.id = f.followed_id where f.follower_id = v_me),
    'blocked', (
      select coalesce(jsonb_agg(private.person_json(p) order by b.created_at desc), '[]')
      from public.blocks b join public.profiles p on p.id = b.blocked_id where b.blocker_id = v_me));
end $$;

-- The page of a person, for whoever opens it; what it says of following is the visitor's own.
create function private.profile_page(p_handle text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_me uuid := auth.uid();
  p public.profiles;
begin
  select * into p from public.profiles where handle = lower(p_handle);
  if p.id is null then perform private.refuse('not_found'); end if;
  return private.person_json(p) || jsonb_build_object(
    'bio', p.bio, 'links', p.links,
    'followerCount', (select count(*) from public.follows where followed_id = p.id),
    'isMe', coalesce(p.id = v_me, false),
    'isFollowing', exists (select from public.follows where follower_id = v_me and followed_id = p.id),
    'isBlocked', exists (select from public.blocks where blocker_id = v_me and blocked_id = p.id),
    'live', (
      select jsonb_build_object('slug', s.slug, 'title', s.title) from public.dj_sessions s
      where s.dj_id = p.id and s.status = 'live' and s.visibility = 'public' order by s.started_at desc limit 1));
end $$;

-- The chat of the blocked is hidden ----------------------------------------------------------------------------------
-- By REST, in snapshots and in what one catches up on. What goes over a room's channel goes to everybody alike: there
-- the person's own client leaves it out.
alter policy "Members read the chat" on public.messages
  using (removed_at is null and session_id in (select private.my_session_ids())
    and author_id not in (select blocked_id from public.blocks where blocker_id = (select auth.uid())));

-- As before, with those whose messages the server leaves out of what everybody else sees alike.
create or replace function private.my_snapshot(p_session_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_mine jsonb;
begin
  select jsonb_build_object(
    'me', jsonb_build_object('userId', m.user_id, 'role', m.role, 'name', p.display_name,
      'mutedUntil', case when m.muted_until > clock_timestamp() then private.to_ms(m.muted_until) end),
    'blockedIds', (select coalesce(jsonb_agg(b.blocked_id), '[]') from public.blocks b where b.blocker_id = v_me),
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

-- A catch-up in which the messages of the blocked have no text: their events stay, so that the log has no gap.
create function private.without_blocked(p_catch_up jsonb, p_me uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select case
    when p_catch_up -> 'items' is null or not exists (select from public.blocks where blocker_id = p_me) then p_catch_up
    else jsonb_set(p_catch_up, '{items}', (
      select coalesce(jsonb_agg(
        case when item ->> 'kind' = 'chat.sent' and exists (
            select from public.blocks
            where blocker_id = p_me and blocked_id::text = item #>> '{payload,authorId}')
          then jsonb_set(item, '{payload,text}', '""') else item end order by place), '[]')
      from jsonb_array_elements(p_catch_up -> 'items') with ordinality as given (item, place))) end
$$;

create or replace function private.events_after(p_session_id uuid, p_after bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.my_role(p_session_id);
  perform private.touch_member(p_session_id, private.me());
  return private.without_blocked(private.events_json(p_session_id, p_after), private.me());
end $$;

-- The API ------------------------------------------------------------------------------------------------------------
create function public.follow(p_user_id uuid, p_following boolean) returns jsonb language sql volatile set search_path = ''
return private.follow(p_user_id, p_following);

create function public.block(p_user_id uuid, p_blocked boolean) returns jsonb language sql volatile set search_path = ''
return private.block(p_user_id, p_blocked);

create function public.my_people() returns jsonb language sql stable set search_path = ''
return private.my_people();

create function public.profile_page(p_handle text) returns jsonb language sql stable set search_path = ''
return private.profile_page(p_handle);

-- Rights -------------------------------------------------------------------------------------------------------------
revoke all on function
  private.somebody_else, private.follow, private.block, private.person_json, private.my_people, private.profile_page,
  private.without_blocked, public.follow, public.block, public.my_people, public.profile_page
from public, anon, authenticated, service_role;
grant execute on function
  public.follow, public.block, public.my_people, private.follow, private.block, private.my_people
to authenticated;
grant execute on function public.profile_page, private.profile_page to anon, authenticated;
