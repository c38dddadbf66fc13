-- Names of who is here, for rooms too large for everybody to know everybody: first whoever plays or keeps the chat and whom
-- one follows, then all others, fifty at a time, by id. Here is whose sign of life counts still, and 3 s more.
create function private.people_here(p_session_id uuid, p_after uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
begin
  perform private.my_role(p_session_id);
  perform private.limit_rate(v_me, 'people_here', 60, '1 minute');
  return (
    with near as (
      select m.user_id, m.role
      from public.session_members m
      where m.session_id = p_session_id
        and (m.role <> 'listener'
          or exists (select from public.follows f where f.follower_id = v_me and f.followed_id = m.user_id))
    ), rest as (
      select s.user_id, 'listener' as role
      from private.signs_of_life s
      where s.session_id = p_session_id and s.counts_until > clock_timestamp() - interval '3 seconds'
        and (p_after is null or s.user_id > p_after)
        and not exists (select from near where near.user_id = s.user_id)
      order by s.user_id limit 51
    ), page as (
      select n.user_id, n.role, true as is_near
      from near n join private.signs_of_life s on s.session_id = p_session_id and s.user_id = n.user_id
      where p_after is null and s.counts_until > clock_timestamp() - interval '3 seconds'
      union all
      (select user_id, role, false from rest order by user_id limit 50)
    )
    select jsonb_build_object(
      'people', coalesce(
        jsonb_agg(jsonb_build_object('userId', page.user_id, 'name', p.display_name, 'role', page.role) order by
          not is_near,
          case when is_near then array_position(array['dj', 'co_dj', 'moderator', 'listener'], page.role) end,
          case when is_near then p.display_name end,
          page.user_id),
        '[]'),
      'next', case when (select count(*) from rest) > 50
        then (select max(user_id::text) from (select user_id from rest order by user_id limit 50) fifty) end)
    from page join public.profiles p on p.id = page.user_id);
end $$;

create function public.people_here(p_session_id uuid, p_after uuid default null) returns jsonb language sql volatile set search_path = ''
return private.people_here(p_session_id, p_after);

revoke all on function private.people_here, public.people_here from public, anon, authenticated, service_role;
grant execute on function private.people_here, public.people_here to authenticated;
