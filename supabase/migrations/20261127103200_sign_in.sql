-- One-time codes are counted here before Supabase Auth is asked (lib/server/auth), and devices are listed.

-- Codes --------------------------------------------------------------------------------------------------------------
-- Counters are kept by a digest: they need to know that an address is the same one, not which.
create function private.counted_subject(p_text text) returns uuid
language sql immutable set search_path = ''
return md5('code:' || p_text)::uuid;

-- Text messages of a day (UTC) over the whole installation: what is spent.
create table private.text_messages (
  day date primary key,
  sent int not null
);
alter table private.text_messages enable row level security;

-- Lets one more code go to an address, or refuses: a minute between two, six an hour; sixty an hour from one network
-- address, which the guests of a venue share; and text messages up to the day's budget (null: without one). The next
-- code has its five tries ahead of it.
create function private.count_code(p_channel text, p_address text, p_network text, p_texts_a_day int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_subject uuid := private.counted_subject(p_address);
begin
  perform private.limit_rate(v_subject, 'code_pause', 1, '1 minute');
  perform private.limit_rate(v_subject, 'code', 6, '1 hour');
  perform private.limit_rate(private.counted_subject(coalesce(p_network, '')), 'code_network', 60, '1 hour');
  if p_channel = 'phone' then
    insert into private.text_messages as m (day, sent) values ((now() at time zone 'utc')::date, 1)
    on conflict (day) do update set sent = m.sent + 1 where p_texts_a_day is null or m.sent < p_texts_a_day;
    if not found or p_texts_a_day = 0 then perform private.refuse('texts_spent'); end if;
  end if;
  delete from private.rate_counters where subject = v_subject and kind = 'code_tries';
  return jsonb_build_object('resendAfterInMs', 60000);
end $$;

-- Counts a try at the code of an address before it is made, so that tries at the same time count too. After five the
-- code is void; a network address has a hundred tries an hour at all codes.
create function private.count_code_try(p_address text, p_network text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_used int;
begin
  perform private.limit_rate(private.counted_subject(coalesce(p_network, '')), 'code_network_tries', 100, '1 hour');
  insert into private.rate_counters as c (subject, kind, window_started_at, used)
  values (private.counted_subject(p_address), 'code_tries', clock_timestamp(), 1)
  on conflict (subject, kind) do update set used = c.used + 1 where c.used < 5
  returning used into v_used;
  if v_used is null then perform private.refuse('code_void'); end if;
  return jsonb_build_object('triesLeft', 5 - v_used);
end $$;

-- A code that was right is not counted against the next one.
create function private.forget_code_tries(p_address text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  delete from private.rate_counters
  where subject = private.counted_subject(p_address) and kind in ('code_tries', 'code_pause');
  return '{}';
end $$;

-- Devices ------------------------------------------------------------------------------------------------------------
-- Each auth session is a device on which one is signed in.
create function private.my_devices() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', s.id, 'userAgent', s.user_agent, 'signedInAt', private.to_ms(s.created_at),
      'seenAt', private.to_ms(coalesce(s.refreshed_at at time zone 'utc', s.created_at)),
      'isThis', s.id::text = auth.jwt() ->> 'session_id')
      order by s.id::text = auth.jwt() ->> 'session_id' desc, coalesce(s.refreshed_at at time zone 'utc', s.created_at) desc),
      '[]')
    from auth.sessions s where s.user_id = v_me and (s.not_after is null or s.not_after > now()));
end $$;

-- Ends one device's session: its refresh token works no more, and its access token runs out within the hour.
create function private.sign_out_device(p_session_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  delete from auth.sessions where id = p_session_id and user_id = private.me();
  if not found then perform private.refuse('not_found'); end if;
  return '{}';
end $$;

-- The API ------------------------------------------------------------------------------------------------------------
create function public.count_code(p_channel text, p_address text, p_network text default null, p_texts_a_day int default null) returns jsonb language sql volatile set search_path = ''
return private.count_code(p_channel, p_address, p_network, p_texts_a_day);

create function public.count_code_try(p_address text, p_network text default null) returns jsonb language sql volatile set search_path = ''
return private.count_code_try(p_address, p_network);

create function public.forget_code_tries(p_address text) returns jsonb language sql volatile set search_path = ''
return private.forget_code_tries(p_address);

create function public.my_devices() returns jsonb language sql stable set search_path = ''
return private.my_devices();

create function public.sign_out_device(p_session_id uuid) returns jsonb language sql volatile set search_path = ''
return private.sign_out_device(p_session_id);

-- Rights -------------------------------------------------------------------------------------------------------------
revoke all on function
  private.counted_subject, private.count_code, private.count_code_try, private.forget_code_tries, private.my_devices,
  private.sign_out_device, public.count_code, public.count_code_try, public.forget_code_tries, public.my_devices,
  public.sign_out_device
from public, anon, authenticated, service_role;
grant execute on function
  public.count_code, public.count_code_try, public.forget_code_tries, private.count_code, private.count_code_try,
  private.forget_code_tries
to service_role;
grant execute on function public.my_devices, private.my_devices, public.sign_out_device, private.sign_out_device
to authenticated;
