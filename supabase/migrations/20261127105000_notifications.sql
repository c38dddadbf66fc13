-- Notifications: what happened becomes one row a person and event, whatever devices they have; workers claim the rows that are
-- due, send them to the devices, and say what is left. A new kind is a value of the enum and a trigger at its source.

create type private.notification_kind as enum ('dj_live', 'track_next');

-- Devices ---------------------------------------------------------------------------------------------------------------
-- A browser (its push service's address and keys, RFC 8291) or a native app (its Expo token).
create table private.push_devices (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles on delete cascade,
  -- Whoever signs out here, or everywhere, is told nothing here any more.
  auth_session_id uuid references auth.sessions on delete cascade,
  channel text not null check (channel in ('web', 'expo')),
  address text not null unique check (char_length(address) <= 1000),
  p256dh text check (p256dh ~ '^[A-Za-z0-9_-]{87}$'),
  auth text check (auth ~ '^[A-Za-z0-9_-]{22}$'),
  -- The language that the device speaks, for people who chose none.
  locale text not null check (locale in ('es', 'en')),
  added_at timestamptz not null default clock_timestamp(),
  check (case channel
    when 'web' then address ~ '^https?://' and p256dh is not null and auth is not null
    else address ~ '^Expo(nent)?PushToken\[[A-Za-z0-9_-]{1,100}\]$' and p256dh is null and auth is null
  end)
);
create index push_devices_user_id_idx on private.push_devices (user_id, added_at);
create index push_devices_auth_session_id_idx on private.push_devices (auth_session_id);
alter table private.push_devices enable row level security;

-- What Expo's service will be able to say about a message later (it keeps receipts for a day).
create table private.push_receipts (
  ticket text primary key,
  device_id uuid not null references private.push_devices on delete cascade,
  ask_at timestamptz not null
);
create index push_receipts_device_id_idx on private.push_receipts (device_id);
create index push_receipts_ask_at_idx on private.push_receipts (ask_at);
alter table private.push_receipts enable row level security;

-- Wishes ----------------------------------------------------------------------------------------------------------------
create table private.notification_settings (
  user_id uuid primary key references public.profiles on delete cascade,
  muted_kinds private.notification_kind[] not null default '{}',
  -- By the clock on the person's wall; from 23:00 until 08:00 goes across midnight. Both null: no quiet hours.
  quiet_from time,
  quiet_until time,
  time_zone text not null,
  check ((quiet_from is null) = (quiet_until is null) and quiet_from <> quiet_until)
);
alter table private.notification_settings enable row level security;

-- When the quiet hours that hold at an instant are over; null where none hold. Clocks that are set forward or back are the
-- time zone's concern: what counts is what the wall shows.
create function private.quiet_ends_at(p_at timestamptz, p_from time, p_until time, p_time_zone text) returns timestamptz
language plpgsql stable set search_path = ''
as $$
declare
  v_wall timestamp := p_at at time zone p_time_zone;
  v_time time := v_wall::time;
begin
  if p_from < p_until and v_time >= p_from and v_time < p_until
    or p_from > p_until and (v_time >= p_from or v_time < p_until) then
    return (v_wall::date + p_until + case when v_time < p_until then interval '0' else interval '1 day' end)
      at time zone p_time_zone;
  end if;
  return null;
end $$;

-- The outbox ------------------------------------------------------------------------------------------------------------
create table private.notifications (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles on delete cascade,
  kind private.notification_kind not null,
  -- What happened: the session that began, the item that is next. Nobody is told of it twice.
  event_id uuid not null,
  -- Of several on one topic only the newest counts: here, at the push service and on the screen.
  topic text not null,
  session_id uuid references public.dj_sessions on delete cascade,
  -- What its text is made of (lib/protocol/notifications.ts).
  payload jsonb not null,
  due_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  -- How often it was claimed; whoever settles it must have made the last claim.
  attempts int not null default 0,
  -- The devices that it has not reached yet; null before the first attempt.
  left_for uuid[],
  settled_at timestamptz,
  unique (user_id, kind, event_id)
) with (fillfactor = 70);
create index notifications_due_idx on private.notifications (due_at) where settled_at is null;
create index notifications_topic_idx on private.notifications (user_id, topic) where settled_at is null;
create index notifications_session_id_idx on private.notifications (session_id);
create index notifications_settled_at_idx on private.notifications (settled_at);
alter table private.notifications enable row level security;

-- What was told is not kept: of a notification that is settled only remains that it was.
create function private.forget_payload() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.payload := '{}';
  return new;
end $$;
create trigger forget_payload before update on private.notifications
  for each row when (new.settled_at is not null) execute function private.forget_payload();

-- Writes down what happened for those who have a device and want to know. The worker hears of it at the commit.
create function private.queue_notifications(
  p_user_ids uuid[], p_kind private.notification_kind, p_event_id uuid, p_topic text, p_session_id uuid, p_payload jsonb,
  p_lives_for interval
) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_new uuid[];
begin
  with added as (
    insert into private.notifications (user_id, kind, event_id, topic, session_id, payload, expires_at)
    select distinct on (u.id) u.id, p_kind, p_event_id, p_topic, p_session_id, p_payload, clock_timestamp() + p_lives_for
    from unnest(p_user_ids) u (id)
    where exists (select from private.push_devices d where d.user_id = u.id)
      and not exists (select from private.notification_settings s where s.user_id = u.id and p_kind = any (s.muted_kinds))
    on conflict (user_id, kind, event_id) do nothing
    returning id
  )
  select array_agg(id) into v_new from added;
  if v_new is null then return; end if;
  -- Locked in one order, so that nobody waits in a circle.
  with older as (
    select o.id from private.notifications o
    join private.notifications n on n.id = any (v_new) and n.user_id = o.user_id and n.topic = o.topic
    where o.settled_at is null and o.id <> all (v_new)
    order by o.id for no key update of o
  )
  update private.notifications n set settled_at = clock_timestamp() from older where n.id = older.id;
  perform pg_notify('notification_queued', '');
end $$;

-- Takes back what nobody was told yet.
create function private.withdraw_notification(p_user_id uuid, p_kind private.notification_kind, p_event_id uuid) returns void
language sql security definer set search_path = ''
as $$
  delete from private.notifications
  where user_id = p_user_id and kind = p_kind and event_id = p_event_id and attempts = 0 and settled_at is null
$$;

-- For the worker --------------------------------------------------------------------------------------------------------
-- Claims what is due, for a minute: no two claimers get the same, and what a worker dies of is due again. What is too old or
-- not wanted any more is over; what falls into quiet hours waits for their end, unless it is too old by then.
create function private.claim_notifications(p_max int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_claimed jsonb;
begin
  with due as (
    select n.id, private.quiet_ends_at(v_now, s.quiet_from, s.quiet_until, s.time_zone) as quiet_ends_at,
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

-- Says what became of a claim: the devices that are left (none: it is done), and in how long they may be tried again.
create function private.settle_notification(p_id uuid, p_attempt int, p_left_for uuid[], p_retry_in_ms float8) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_due_at timestamptz := v_now + make_interval(secs => coalesce(p_retry_in_ms, 0) / 1000);
begin
  update private.notifications set
    left_for = p_left_for, due_at = v_due_at,
    settled_at = case when cardinality(p_left_for) = 0 or p_attempt >= 8 or v_due_at >= expires_at then v_now end
  where id = p_id and attempts = p_attempt and settled_at is null;
  return jsonb_build_object('settled', found);
end $$;

-- Forgets devices whose push service says that they are gone.
create function private.forget_push_devices(p_ids uuid[]) returns int
language plpgsql security definer set search_path = ''
as $$
declare
  v_forgotten int;
begin
  delete from private.push_devices where id = any (p_ids);
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $$;

-- p_receipts: [{ticket, deviceId}].
create function private.keep_push_receipts(p_receipts jsonb) returns int
language plpgsql security definer set search_path = ''
as $$
declare
  v_kept int;
begin
  insert into private.push_receipts (ticket, device_id, ask_at)
  select r.ticket, d.id, now() + interval '15 minutes'
  from jsonb_to_recordset(p_receipts) r (ticket text, "deviceId" uuid) join private.push_devices d on d.id = r."deviceId"
  on conflict do nothing;
  get diagnostics v_kept = row_count;
  return v_kept;
end $$;

-- Hands out the receipts that can be asked for, each once: what is lost of them is noticed with the next message.
create function private.claim_push_receipts(p_max int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_claimed jsonb;
begin
  with due as (
    select ticket from private.push_receipts where ask_at <= now() order by ask_at limit least(p_max, 1000)
    for update skip locked
  ), taken as (
    delete from private.push_receipts r using due where r.ticket = due.ticket returning r.*
  )
  select jsonb_agg(jsonb_build_object('ticket', ticket, 'deviceId', device_id)) into v_claimed from taken;
  return coalesce(v_claimed, '[]');
end $$;

-- Every hour: an event is remembered for as long as it could happen again.
create function private.tidy_notifications() returns int
language plpgsql security definer set search_path = ''
as $$
declare
  v_tidied int;
begin
  delete from private.notifications where settled_at < now() - interval '2 days';
  get diagnostics v_tidied = row_count;
  return v_tidied;
end $$;

-- For people ------------------------------------------------------------------------------------------------------------
create function private.notification_settings() returns jsonb
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
    'timeZone', s.time_zone);
end $$;

create function private.is_time_zone(p_name text) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  -- By its name alone: PostgreSQL would also take an offset of its own making.
  if p_name is null or char_length(p_name) > 60 or p_name !~ '^[A-Za-z]+(/[A-Za-z0-9_+-]+){0,2}$' then return false; end if;
  perform now() at time zone p_name;
  return true;
exception when invalid_parameter_value then return false;
end $$;

create function private.save_notification_settings(
  p_muted_kinds text[], p_quiet_from text, p_quiet_until text, p_time_zone text
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
begin
  if p_muted_kinds is null
    or not p_muted_kinds <@ enum_range(null::private.notification_kind)::text[] then
    perform private.refuse('invalid_input', '{"field": "mutedKinds"}');
  end if;
  if not private.is_time_zone(p_time_zone) then perform private.refuse('invalid_input', '{"field": "timeZone"}'); end if;
  if (p_quiet_from is null) <> (p_quiet_until is null) or p_quiet_from = p_quiet_until
    or coalesce(p_quiet_from, '00:00') !~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
    or coalesce(p_quiet_until, '00:00') !~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' then
    perform private.refuse('invalid_input', '{"field": "quietHours"}');
  end if;
  perform private.limit_rate(v_me, 'notification settings', 60, '1 minute');
  insert into private.notification_settings (user_id, muted_kinds, quiet_from, quiet_until, time_zone)
  values (v_me, p_muted_kinds::private.notification_kind[], p_quiet_from::time, p_quiet_until::time, p_time_zone)
  on conflict (user_id) do update set muted_kinds = excluded.muted_kinds, quiet_from = excluded.quiet_from,
    quiet_until = excluded.quiet_until, time_zone = excluded.time_zone;
  return private.notification_settings();
end $$;

-- Adds this device, or takes it over from whoever used it before: who knows an address and its secret holds the device. Which
-- hosts may be sent to is the server's concern, which knows the list. A person has ten devices; the eleventh ends the oldest.
create function private.add_push_device(
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

create function private.remove_push_device(p_address text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  delete from private.push_devices where user_id = private.me() and address = p_address;
  return jsonb_build_object('removed', found);
end $$;

-- Whether this device tells its person something: a browser keeps its subscription also when somebody else signs in.
create function private.has_push_device(p_address text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  return jsonb_build_object('known', exists (
    select from private.push_devices where user_id = private.me() and address = p_address));
end $$;

-- Sources ------------------------------------------------------------------------------------------------------------
-- What belongs to a session that is over is nobody's news.
create function private.withdraw_session_notifications() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  delete from private.notifications where session_id = new.id and attempts = 0 and settled_at is null;
  return null;
end $$;
create trigger withdraw_session_notifications after update of status on public.dj_sessions
  for each row when (new.status = 'ended' and old.status <> 'ended')
  execute function private.withdraw_session_notifications();

-- A track is committed as the next one: for the person who asked for it, as long as they are in the session and are not the
-- ones who play. Given back to the queue, it is not next any more.
create function private.notify_track_next() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.status = 'scheduled' then
    perform private.queue_notifications(array[new.added_by], 'track_next', new.id, 'track_next:' || new.session_id,
      new.session_id, jsonb_build_object('slug', s.slug, 'title', s.title, 'trackTitle', t.title), '1 minute')
    from public.dj_sessions s
    join public.session_members m on m.session_id = s.id and m.user_id = new.added_by
    join public.tracks t on t.id = new.track_id
    where s.id = new.session_id and not private.is_allowed(m.role, 'play');
  else
    perform private.withdraw_notification(new.added_by, 'track_next', new.id);
  end if;
  return null;
end $$;
create trigger notify_track_next after update of status on public.queue_items for each row
  when (new.status = 'scheduled' and old.status = 'waiting' or old.status = 'scheduled' and new.status in ('waiting', 'removed'))
  execute function private.notify_track_next();

-- Taking one's data along, as before: also what one wants to hear of, on which devices (without the secrets by which these are
-- reached), and what one was told of.
alter function private.export_my_data rename to export_account;
revoke all on function private.export_account from public, anon, authenticated, service_role;
create function private.export_my_data() returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
begin
  return private.export_account() || jsonb_build_object(
    'notificationSettings', private.notification_settings(),
    'pushDevices', (
      select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'channel', d.channel, 'locale', d.locale,
        'addedAt', d.added_at) order by d.added_at), '[]')
      from private.push_devices d where d.user_id = v_me),
    'notifications', (
      select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'eventId', n.event_id, 'dueAt', n.due_at,
        'settledAt', n.settled_at) order by n.due_at), '[]')
      from private.notifications n where n.user_id = v_me));
end $$;

-- The API ---------------------------------------------------------------------------------------------------------------
create function public.notification_settings() returns jsonb language sql stable set search_path = ''
return private.notification_settings();

create function public.save_notification_settings(p_muted_kinds text[], p_quiet_from text default null, p_quiet_until text default null, p_time_zone text default null) returns jsonb language sql volatile set search_path = ''
return private.save_notification_settings(p_muted_kinds, p_quiet_from, p_quiet_until, p_time_zone);

create function public.add_push_device(p_channel text, p_address text, p_public_key text default null, p_secret text default null, p_locale text default null, p_replaces text default null) returns jsonb language sql volatile set search_path = ''
return private.add_push_device(p_channel, p_address, p_public_key, p_secret, p_locale, p_replaces);

create function public.remove_push_device(p_address text) returns jsonb language sql volatile set search_path = ''
return private.remove_push_device(p_address);

create function public.has_push_device(p_address text) returns jsonb language sql stable set search_path = ''
return private.has_push_device(p_address);

create function public.claim_notifications(p_max int) returns jsonb language sql volatile set search_path = ''
return private.claim_notifications(p_max);

create function public.settle_notification(p_id uuid, p_attempt int, p_left_for uuid[], p_retry_in_ms float8 default null) returns jsonb language sql volatile set search_path = ''
return private.settle_notification(p_id, p_attempt, p_left_for, p_retry_in_ms);

create function public.forget_push_devices(p_ids uuid[]) returns int language sql volatile set search_path = ''
return private.forget_push_devices(p_ids);

create function public.keep_push_receipts(p_receipts jsonb) returns int language sql volatile set search_path = ''
return private.keep_push_receipts(p_receipts);

create function public.claim_push_receipts(p_max int) returns jsonb language sql volatile set search_path = ''
return private.claim_push_receipts(p_max);

create function public.tidy_notifications() returns int language sql volatile set search_path = ''
return private.tidy_notifications();

-- It knew the one before by more than its name.
create or replace function public.export_my_data() returns jsonb language sql volatile set search_path = ''
return private.export_my_data();

revoke all on function
  private.forget_payload, private.export_my_data, private.quiet_ends_at, private.queue_notifications, private.withdraw_notification, private.claim_notifications,
  private.settle_notification, private.forget_push_devices, private.keep_push_receipts, private.claim_push_receipts,
  private.tidy_notifications, private.notification_settings, private.is_time_zone, private.save_notification_settings,
  private.add_push_device, private.remove_push_device, private.has_push_device, private.withdraw_session_notifications,
  private.notify_track_next,
  public.notification_settings, public.save_notification_settings, public.add_push_device, public.remove_push_device,
  public.has_push_device, public.claim_notifications, public.settle_notification, public.forget_push_devices, public.keep_push_receipts,
  public.claim_push_receipts, public.tidy_notifications
from public, anon, authenticated, service_role;
grant execute on function
  public.notification_settings, public.save_notification_settings, public.add_push_device, public.remove_push_device,
  public.has_push_device, private.notification_settings, private.save_notification_settings, private.add_push_device,
  private.remove_push_device, private.has_push_device, private.export_my_data
to authenticated;
grant execute on function
  public.claim_notifications, public.settle_notification, public.forget_push_devices, public.keep_push_receipts,
  public.claim_push_receipts, public.tidy_notifications,
  private.claim_notifications, private.settle_notification, private.forget_push_devices, private.keep_push_receipts,
  private.claim_push_receipts, private.tidy_notifications
to service_role;
