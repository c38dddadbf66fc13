-- An access token outlives its auth session by up to an hour. A browser that was signed out from elsewhere would add itself again
-- in that hour, as a device of no session, which no signing out would ever forget.

-- As before; a token whose session has ended adds nothing.
create or replace function private.add_push_device(
  p_channel text, p_address text, p_public_key text, p_secret text, p_locale text, p_replaces text
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_auth_session_id uuid;
begin
  perform private.limit_rate(v_me, 'push device', 20, '1 minute');
  select id into v_auth_session_id from auth.sessions
  where id::text = auth.jwt() ->> 'session_id' and user_id = v_me;
  if not found and auth.jwt() ? 'session_id' then perform private.refuse('not_signed_in'); end if;
  delete from private.push_devices where user_id = v_me and address = p_replaces and address <> p_address;
  insert into private.push_devices as d (user_id, auth_session_id, channel, address, p256dh, auth, locale)
  values (v_me, v_auth_session_id, p_channel, p_address, p_public_key, p_secret, p_locale)
  on conflict (address) do update set user_id = excluded.user_id, auth_session_id = excluded.auth_session_id,
    locale = excluded.locale, added_at = excluded.added_at
  where d.p256dh is not distinct from excluded.p256dh and d.auth is not distinct from excluded.auth;
  if not found then perform private.refuse('not_allowed'); end if;
  delete from private.push_devices where id in (
    select id from private.push_devices where user_id = v_me order by added_at desc offset 10);
  return '{"added": true}';
end $$;
