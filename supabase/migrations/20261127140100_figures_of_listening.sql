-- Whoever looks after a session reads of the room what a listener reads of themself: offset, clock, drift, what is loaded ahead,
-- bitrate and corrections, of each the middle. Null in a report: unknown.
alter table private.listening_reports
  -- How much faster the sound card runs than the server's clock.
  add column drift_ppm real check (abs(drift_ppm) <= 10000),
  -- Music that lies ready.
  add column buffer_ms real check (buffer_ms between 0 and 3600000),
  -- In the five minutes before the report.
  add column corrections smallint check (corrections between 0 and 10000);

drop function public.report_listening(uuid, boolean, float8, float8, int, int);
drop function private.report_listening(uuid, boolean, float8, float8, int, int);

create function private.report_listening(
  p_session_id uuid, p_is_listening boolean, p_offset_ms float8, p_uncertainty_ms float8, p_stalls int, p_bitrate int,
  p_drift_ppm float8, p_buffer_ms float8, p_corrections int
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
    (session_id, user_id, is_listening, offset_ms, uncertainty_ms, stalls, bitrate, drift_ppm, buffer_ms, corrections)
  values (p_session_id, v_me, p_is_listening, p_offset_ms, p_uncertainty_ms, p_stalls, p_bitrate, p_drift_ppm, p_buffer_ms,
    p_corrections)
  on conflict (session_id, user_id) do update set
    is_listening = excluded.is_listening, offset_ms = excluded.offset_ms, uncertainty_ms = excluded.uncertainty_ms,
    stalls = excluded.stalls, bitrate = excluded.bitrate, drift_ppm = excluded.drift_ppm, buffer_ms = excluded.buffer_ms,
    corrections = excluded.corrections, reported_at = excluded.reported_at;
  return '{}';
end $$;

-- As before, with the middle of each figure of those whose sound is on; offset and drift count however they point.
create or replace function private.listening_summary(p_session_id uuid) returns jsonb
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
      'medianOffsetInMs', percentile_cont(0.5) within group (order by abs(offset_ms)) filter (where is_listening),
      'medianUncertaintyInMs', percentile_cont(0.5) within group (order by uncertainty_ms) filter (where is_listening),
      'medianDriftInPpm', percentile_cont(0.5) within group (order by abs(drift_ppm)) filter (where is_listening),
      'medianBufferInMs', percentile_cont(0.5) within group (order by buffer_ms) filter (where is_listening),
      'medianBitrate', percentile_cont(0.5) within group (order by bitrate) filter (where is_listening),
      'stalls', coalesce(sum(stalls), 0),
      'correctionsEach', avg(corrections) filter (where is_listening))
    from private.listening_reports
    where session_id = p_session_id and reported_at > now() - interval '3 minutes');
end $$;

create function public.report_listening(p_session_id uuid, p_is_listening boolean, p_offset_ms float8 default null, p_uncertainty_ms float8 default null, p_stalls int default 0, p_bitrate int default null, p_drift_ppm float8 default null, p_buffer_ms float8 default null, p_corrections int default null) returns jsonb language sql volatile set search_path = ''
return private.report_listening(p_session_id, p_is_listening, p_offset_ms, p_uncertainty_ms, p_stalls, p_bitrate, p_drift_ppm, p_buffer_ms, p_corrections);

revoke all on function private.report_listening, public.report_listening from public, anon, authenticated, service_role;
grant execute on function private.report_listening, public.report_listening to authenticated;
