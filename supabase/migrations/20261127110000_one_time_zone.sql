-- A person has one time zone: the one of their profile, where they chose one. Quiet hours used to know only that of the device on
-- which they were set; it is kept for those who leave the choice to their devices.
create function private.time_zone_of(s private.notification_settings) returns text
language sql stable set search_path = ''
as $$ select coalesce((select time_zone from public.profiles where id = s.user_id), s.time_zone) $$;
revoke all on function private.time_zone_of from public, anon, authenticated, service_role;

create or replace function private.notification_settings() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  s private.notification_settings;
begin
  select * into s from private.notification_settings where user_id = v_me;
  return jsonb_build_object(
    'mutedKinds', to_jsonb(coalesce(s.muted_kinds, '{}')),
    'quietHours', case when s.quiet_from is null then null else
      jsonb_build_object('from', to_char(s.quiet_from, 'HH24:MI'), 'until', to_char(s.quiet_until, 'HH24:MI')) end,
    'timeZone', private.time_zone_of(s));
end $$;

create or replace function private.claim_notifications(p_max int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_claimed jsonb;
begin
  with due as (
    select n.id, private.quiet_ends_at(v_now, s.quiet_from, s.quiet_until, private.time_zone_of(s)) as quiet_ends_at,
      n.expires_at <= v_now or coalesce(n.kind = any (s.muted_kinds), false) as is_over
    from private.notifications n left join private.notification_settings s on s.user_id = n.user_id
    where n.settled_at is null and n.due_at <= v_now
    order by n.due_at limit least(p_max, 500)
    for no key update of n skip locked
  ), decided as (
    update private.notifications n set
      settled_at = case when d.is_over or d.quiet_ends_at >= n.expires_at then v_now end,
      due_at = coalesce(d.quiet_ends_at, v_now + interval '1 minute'),
      attempts = n.attempts + case when d.is_over or d.quiet_ends_at is not null then 0 else 1 end
    from due d where n.id = d.id
    returning n.*, not d.is_over and d.quiet_ends_at is null as is_claimed
  )
  select jsonb_agg(jsonb_build_object(
    'id', n.id, 'attempt', n.attempts, 'kind', n.kind, 'topic', n.topic, 'payload', n.payload,
    'expiresAtInMs', private.to_ms(n.expires_at),
    'devices', coalesce((
      select jsonb_agg(jsonb_build_object('id', d.id, 'channel', d.channel, 'address', d.address, 'p256dh', d.p256dh,
        'auth', d.auth, 'locale', coalesce(p.locale, d.locale)) order by d.added_at)
      from private.push_devices d join public.profiles p on p.id = d.user_id
      where d.user_id = n.user_id and (n.left_for is null or d.id = any (n.left_for))), '[]')))
  into v_claimed from decided n where n.is_claimed;
  return coalesce(v_claimed, '[]');
end $$;
