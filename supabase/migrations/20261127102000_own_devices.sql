-- The devices of one person in one session find each other in a private channel of their own, `devices:<session>:<person>`:
-- Presence says which of them have the sound on, Broadcast that the music has moved. Nobody else reads it or speaks in it, and
-- who is no member any more has none.
create function private.may_meet_own_devices(p_topic text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select case when p_topic ~ '^devices(:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){2}$' then exists (
    select from public.session_members
    where session_id = split_part(p_topic, ':', 2)::uuid and user_id = (select auth.uid())
      and split_part(p_topic, ':', 3) = user_id::text) else false end
$$;

create policy "People hear their own devices" on realtime.messages
  for select to authenticated
  using (extension in ('broadcast', 'presence') and private.may_meet_own_devices((select realtime.topic())));

create policy "People speak to their own devices" on realtime.messages
  for insert to authenticated
  with check (extension in ('broadcast', 'presence') and private.may_meet_own_devices((select realtime.topic())));

revoke all on function private.may_meet_own_devices from public, anon, authenticated, service_role;
grant execute on function private.may_meet_own_devices to authenticated;
