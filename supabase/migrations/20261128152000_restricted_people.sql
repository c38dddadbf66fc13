-- Who is muted and who is banned in a session, for who moderates it: so that they can let them write or come in again. Of
-- those who are muted the two hundred who are so for longest: after a guest's ban many newcomers come in muted.
create function private.restricted_people(p_session_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  if not private.is_allowed(private.my_role(p_session_id), 'moderate') then perform private.refuse('not_allowed'); end if;
  perform private.limit_rate(private.me(), 'restricted_people', 60, '1 minute');
  return jsonb_build_object(
    'muted', (
      select coalesce(
        jsonb_agg(jsonb_build_object('userId', m.user_id, 'until', private.to_ms(m.muted_until)) order by m.muted_until desc),
        '[]')
      from (
        select user_id, muted_until from public.session_members
        where session_id = p_session_id and muted_until > clock_timestamp()
        order by muted_until desc limit 200
      ) m),
    'banned', (
      select coalesce(
        jsonb_agg(jsonb_build_object('userId', b.user_id, 'name', p.display_name) order by b.created_at desc), '[]')
      from public.session_bans b join public.profiles p on p.id = b.user_id
      where b.session_id = p_session_id));
end $$;

create function public.restricted_people(p_session_id uuid) returns jsonb language sql volatile set search_path = ''
return private.restricted_people(p_session_id);

revoke all on function private.restricted_people, public.restricted_people from public, anon, authenticated, service_role;
grant execute on function private.restricted_people, public.restricted_people to authenticated;
