-- How the room hears: listeners say about once a minute how well their sound is doing, and whoever looks after the session
-- reads it in sum. One row a member, overwritten; nobody reads another's. Losing them in a crash costs a minute: unlogged.
create unlogged table private.listening_reports (
  session_id uuid not null,
  user_id uuid not null,
  is_listening boolean not null,
  -- How far from the room the own player holds its sound, and how well it knows the room's time; null while unknown.
  offset_ms real check (abs(offset_ms) <= 60000),
  uncertainty_ms real check (uncertainty_ms between 0 and 60000),
  -- Interruptions in the five minutes before the report.
  stalls smallint not null check (stalls between 0 and 1000),
  -- Bits per second; null where the browser does not say.
  bitrate int check (bitrate between 0 and 10000000),
  reported_at timestamptz not null default clock_timestamp(),
  primary key (session_id, user_id),
  -- Whoever leaves, or is banned, takes their report along.
  foreign key (session_id, user_id) references public.session_members on delete cascade
) with (fillfactor = 70);
alter table private.listening_reports enable row level security;
create index listening_reports_reported_at_idx on private.listening_reports (reported_at);

create function private.report_listening(
  p_session_id uuid, p_is_listening boolean, p_offset_ms float8, p_uncertainty_ms float8, p_stalls int, p_bitrate int
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
begin
  perform private.my_role(p_session_id);
  if (select status from public.dj_sessions where id = p_session_id) <> 'live' then
    perform private.refuse('session_ended');
  end if;
  perform private.limit_rate(v_me, 'listening', 12, '1 minute');
  insert into private.listening_reports as r
    (session_id, user_id, is_listening, offset_ms, uncertainty_ms, stalls, bitrate)
  values (p_session_id, v_me, p_is_listening, p_offset_ms, p_uncertainty_ms, p_stalls, p_bitrate)
  on conflict (session_id, user_id) do update set
    is_listening = excluded.is_listening, offset_ms = excluded.offset_ms, uncertainty_ms = excluded.uncertainty_ms,
    stalls = excluded.stalls, bitrate = excluded.bitrate, reported_at = excluded.reported_at;
  return '{}';
end $$;

-- Who looks after a session sees it in sum. A report counts for three minutes: one that comes late is not one that is
-- missing. In sync is who holds the sound within 20 ms of the room, as far as their player can know.
create function private.listening_summary(p_session_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  if private.my_role(p_session_id) = 'listener' then perform private.refuse('not_allowed'); end if;
  return (
    select jsonb_build_object(
      'reports', count(*),
      'listening', count(*) filter (where is_listening),
      'measured', count(*) filter (where is_listening and offset_ms is not null),
      'inSync', count(*) filter (where is_listening and abs(offset_ms) <= 20),
      'medianUncertaintyInMs',
        percentile_cont(0.5) within group (order by uncertainty_ms) filter (where is_listening),
      'stalls', coalesce(sum(stalls), 0))
    from private.listening_reports
    where session_id = p_session_id and reported_at > now() - interval '3 minutes');
end $$;

-- Every hour: what only mattered for a while.
create or replace function private.tidy_up() returns int
language plpgsql security definer set search_path = ''
as $$
declare
  v_counters int;
  v_commands int;
  v_reports int;
begin
  delete from private.rate_counters where window_started_at < now() - interval '2 hours';
  get diagnostics v_counters = row_count;
  delete from private.session_commands where at < now() - interval '1 day';
  get diagnostics v_commands = row_count;
  delete from private.listening_reports where reported_at < now() - interval '1 hour';
  get diagnostics v_reports = row_count;
  return v_counters + v_commands + v_reports;
end $$;

-- The API ------------------------------------------------------------------------------------------------------------
create function public.report_listening(p_session_id uuid, p_is_listening boolean, p_offset_ms float8 default null, p_uncertainty_ms float8 default null, p_stalls int default 0, p_bitrate int default null) returns jsonb language sql volatile set search_path = ''
return private.report_listening(p_session_id, p_is_listening, p_offset_ms, p_uncertainty_ms, p_stalls, p_bitrate);

create function public.listening_summary(p_session_id uuid) returns jsonb language sql stable set search_path = ''
return private.listening_summary(p_session_id);

revoke all on function private.report_listening, private.listening_summary, public.report_listening,
  public.listening_summary
from public, anon, authenticated, service_role;
grant execute on function
  private.report_listening, private.listening_summary, public.report_listening, public.listening_summary
to authenticated;
