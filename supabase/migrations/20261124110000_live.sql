-- Live sound: what a DJ's microphone, line-in or tab sends, in segments of a second (lib/domain/live). The bytes lie in Storage;
-- here is which of them there are, when each was captured, and whether the stream has ended.

-- One talk, or one live set. A session has at most one that has not ended.
create table public.live_streams (
  id uuid primary key,
  session_id uuid not null references public.dj_sessions on delete cascade,
  started_by uuid references public.profiles on delete set null,
  -- The lease under which it is sent: a browser that lost the lease can send no more.
  lease_id uuid not null,
  mode text not null check (mode in ('talk', 'set')),
  -- Server time at which the first sound was captured (silence is sent in front of it), and at which the last was.
  starts_at_ms float8 not null,
  ends_at_ms float8,
  -- What the music is turned down to while it is heard.
  duck_gain real not null check (duck_gain between 0 and 1),
  -- Of the initialisation segment that all segments share.
  init_sha256 text,
  spoke_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);
create unique index live_streams_open_idx on public.live_streams (session_id) where ended_at is null;
create index live_streams_session_id_idx on public.live_streams (session_id, starts_at_ms desc);
create index live_streams_started_by_idx on public.live_streams (started_by);
-- Read through the snapshot, the log and the playlist alone.
alter table public.live_streams enable row level security;

-- The newest segments of each; a gap is a segment that never came.
create table public.live_segments (
  stream_id uuid not null references public.live_streams on delete cascade,
  number int not null check (number > 0),
  starts_at_ms float8 not null,
  start_in_samples bigint not null,
  duration_in_samples int not null check (duration_in_samples > 0),
  is_gap boolean not null default false,
  primary key (stream_id, number)
);
alter table public.live_segments enable row level security;

-- How it travels (lib/protocol/live.ts) -----------------------------------------------------------------------------------
create function private.live_json(l public.live_streams) returns jsonb
language sql immutable set search_path = ''
return jsonb_build_object('streamId', l.id, 'mode', l.mode, 'startsAtInMs', l.starts_at_ms, 'endsAtInMs', l.ends_at_ms,
  'duckGain', l.duck_gain);

-- The stream that may still be heard: one of which there is a segment, until a while after its end.
create function private.current_live_json(p_session_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select private.live_json(l) from public.live_streams l
  where l.session_id = p_session_id and l.init_sha256 is not null
    and (l.ended_at is null or l.ended_at > clock_timestamp() - interval '30 seconds')
  order by l.starts_at_ms desc limit 1
$$;

-- Tells the room how a stream stands now. A stream of which nothing was ever sent is nobody's news.
create function private.tell_live(l public.live_streams, p_actor uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_from bigint;
begin
  if l.init_sha256 is null then return; end if;
  select seq into v_from from public.dj_sessions where id = l.session_id and status = 'live' for no key update;
  if not found then return; end if;
  perform private.append_event(l.session_id, 'live.changed', private.live_json(l), p_actor, null);
  perform private.send(l.session_id, private.envelope(l.session_id, v_from, null));
end $$;

-- Ends a stream; it never sounds longer than what was sent of it. Ended already, it stays as it is.
create function private.close_live(p_stream_id uuid, p_ends_at_ms float8, p_actor uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  l public.live_streams;
  v_sent_until_ms float8;
begin
  select starts_at_ms + duration_in_samples / 48.0 into v_sent_until_ms from public.live_segments
  where stream_id = p_stream_id order by number desc limit 1;
  update public.live_streams set
    ended_at = clock_timestamp(), ends_at_ms = greatest(starts_at_ms, least(p_ends_at_ms, v_sent_until_ms))
  where id = p_stream_id and ended_at is null returning * into l;
  if found then perform private.tell_live(l, p_actor); end if;
end $$;

-- A stream of the session in which the caller holds the lease, locked; a refusal for everybody else.
create function private.own_live(p_stream_id uuid, p_lease_id uuid) returns public.live_streams
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_session_id uuid;
  l public.live_streams;
  p public.playback;
begin
  select session_id into v_session_id from public.live_streams where id = p_stream_id;
  if not found or not exists (
    select from public.session_members where session_id = v_session_id and user_id = v_me
      and private.is_allowed(role, 'play')) then
    perform private.refuse('not_found');
  end if;
  -- The session before its streams, as everywhere: nobody waits in a circle.
  perform from public.dj_sessions where id = v_session_id for no key update;
  select * into l from public.live_streams where id = p_stream_id for update;
  select * into p from public.playback where session_id = v_session_id;
  if p.lease_holder is distinct from v_me or p.lease_id is distinct from p_lease_id then
    perform private.refuse('lease_lost');
  end if;
  return l;
end $$;

-- Commands of the browser that holds the lease -------------------------------------------------------------------------------
-- Begins a stream under an id that the browser made, so that a repeat changes nothing. The room hears of it with its first
-- segment. What was open before has ended.
create function private.start_live(
  p_session_id uuid, p_lease_id uuid, p_stream_id uuid, p_mode text, p_starts_at_ms float8, p_duck_gain real
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_session public.dj_sessions;
  v_role text;
  p public.playback;
  v_open record;
begin
  if p_mode is null or p_mode not in ('talk', 'set') then perform private.refuse('invalid_input', '{"field": "mode"}'); end if;
  -- In PostgreSQL NaN equals itself and is greater than everything: `not between` refuses it, and both infinities.
  if p_starts_at_ms is null or p_starts_at_ms not between private.now_ms() - 10000 and private.now_ms() + 10000 then
    perform private.refuse('invalid_input', '{"field": "startsAtInMs"}');
  end if;
  if p_duck_gain is null or p_duck_gain not between 0 and 1 then
    perform private.refuse('invalid_input', '{"field": "duckGain"}');
  end if;
  if p_stream_id is null then perform private.refuse('invalid_input', '{"field": "streamId"}'); end if;
  select * into v_session from public.dj_sessions where id = p_session_id for no key update;
  if v_session.id is null then perform private.refuse('not_found'); end if;
  select role into v_role from public.session_members where session_id = p_session_id and user_id = v_me;
  if v_role is null then perform private.refuse_outsider(v_session, v_me); end if;
  if not private.is_allowed(v_role, 'play') then perform private.refuse('not_allowed'); end if;
  if v_session.status = 'ended' then perform private.refuse('session_ended'); end if;
  select * into p from public.playback where session_id = p_session_id;
  if p.lease_holder is distinct from v_me or p.lease_id is distinct from p_lease_id then
    perform private.refuse('lease_lost');
  end if;
  if exists (select from public.live_streams where id = p_stream_id and session_id = p_session_id and started_by = v_me) then
    return jsonb_build_object('streamId', p_stream_id);
  end if;
  perform private.limit_rate(v_me, 'live', 60, '1 minute');
  for v_open in select id, ends_at_ms from public.live_streams where session_id = p_session_id and ended_at is null loop
    perform private.close_live(v_open.id, p_starts_at_ms, v_me);
  end loop;
  insert into public.live_streams (id, session_id, started_by, lease_id, mode, starts_at_ms, duck_gain)
  values (p_stream_id, p_session_id, v_me, p_lease_id, p_mode, p_starts_at_ms, p_duck_gain);
  return jsonb_build_object('streamId', p_stream_id);
end $$;

-- Whether the caller may send the next segment now: asked before its bytes are looked at.
create function private.admit_live_segment(p_stream_id uuid, p_lease_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  l public.live_streams := private.own_live(p_stream_id, p_lease_id);
begin
  -- What one browser began, another cannot go on with.
  if l.lease_id is distinct from p_lease_id then perform private.refuse('lease_lost'); end if;
  if l.ended_at is not null then perform private.refuse('session_ended'); end if;
  perform private.limit_rate(l.started_by, 'live segment', 100, '10 seconds');
  return jsonb_build_object('initSha256', l.init_sha256);
end $$;

-- Also ends what the DJ began in another browser, which is gone.
create function private.end_live(p_stream_id uuid, p_lease_id uuid, p_ends_at_ms float8) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  l public.live_streams := private.own_live(p_stream_id, p_lease_id);
begin
  if p_ends_at_ms is null or p_ends_at_ms not between l.starts_at_ms - 10000 and private.now_ms() + 10000 then
    perform private.refuse('invalid_input', '{"field": "endsAtInMs"}');
  end if;
  perform private.close_live(p_stream_id, p_ends_at_ms, private.me());
  return jsonb_build_object('ended', true);
end $$;

-- For the server alone, which has looked at the bytes and stored them --------------------------------------------------------
-- Adds a segment to the playlist. Numbers that were left out are gaps: what was captured then came too late for anybody.
-- Captured times must follow on each other like the sound does, but for the slow correction of a clock.
create function private.publish_live_segment(
  p_stream_id uuid, p_number int, p_starts_at_ms float8, p_start_in_samples bigint, p_duration_in_samples int,
  p_init_hash text
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  l public.live_streams;
  v_session_id uuid;
  v_last public.live_segments;
  v_missing int;
  v_missing_samples bigint;
  v_expected_ms float8;
begin
  select session_id into v_session_id from public.live_streams where id = p_stream_id;
  perform from public.dj_sessions where id = v_session_id for no key update;
  select * into l from public.live_streams where id = p_stream_id for update;
  if not found then perform private.refuse('not_found'); end if;
  if l.ended_at is not null then perform private.refuse('session_ended'); end if;
  if l.init_sha256 is not null and l.init_sha256 <> p_init_hash then
    perform private.refuse('invalid_input', '{"field": "init"}');
  end if;
  select * into v_last from public.live_segments where stream_id = p_stream_id order by number desc limit 1;
  -- A repeat, whose acknowledgement was lost.
  if p_number <= coalesce(v_last.number, 0) then return jsonb_build_object('number', v_last.number); end if;

  v_missing := p_number - coalesce(v_last.number, 0) - 1;
  v_missing_samples := p_start_in_samples - coalesce(v_last.start_in_samples + v_last.duration_in_samples, 0);
  v_expected_ms := coalesce(v_last.starts_at_ms + v_last.duration_in_samples / 48.0, l.starts_at_ms - 10000)
    + v_missing_samples / 48.0;
  if p_number > 1000000 or v_missing > 600 or v_missing_samples < 0 or (v_missing = 0) <> (v_missing_samples = 0)
    or v_missing_samples > v_missing * 96000::bigint then
    perform private.refuse('invalid_input', '{"field": "number"}');
  end if;
  if p_starts_at_ms is null or p_starts_at_ms > private.now_ms() + 5000
    or (v_last.number is null and p_starts_at_ms not between v_expected_ms and v_expected_ms + 11000)
    or (v_last.number is not null and abs(p_starts_at_ms - v_expected_ms) > 50 * (v_missing + 1)) then
    perform private.refuse('invalid_input', '{"field": "startsAtInMs"}');
  end if;

  insert into public.live_segments (stream_id, number, starts_at_ms, start_in_samples, duration_in_samples, is_gap)
  select p_stream_id, v_last.number + i,
    v_last.starts_at_ms + v_last.duration_in_samples / 48.0
      + (i - 1) * (p_starts_at_ms - v_last.starts_at_ms - v_last.duration_in_samples / 48.0) / nullif(v_missing, 0),
    v_last.start_in_samples + v_last.duration_in_samples + (i - 1) * v_missing_samples / nullif(v_missing, 0),
    v_missing_samples / nullif(v_missing, 0), true
  from generate_series(1, v_missing) i where v_last.number is not null;
  insert into public.live_segments (stream_id, number, starts_at_ms, start_in_samples, duration_in_samples)
  values (p_stream_id, p_number, p_starts_at_ms, p_start_in_samples, p_duration_in_samples);
  -- Nobody comes back to what was a minute ago.
  delete from public.live_segments where stream_id = p_stream_id and number < p_number - 60;
  update public.live_streams set spoke_at = clock_timestamp(), init_sha256 = p_init_hash where id = p_stream_id;
  if l.init_sha256 is null then
    l.init_sha256 := p_init_hash;
    perform private.tell_live(l, l.started_by);
  end if;
  return jsonb_build_object('number', p_number);
end $$;

-- What a playlist is made of; null where there is nothing to play.
create function private.live_playlist(p_stream_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('hasEnded', l.ended_at is not null, 'segments', w.segments)
  from public.live_streams l
  cross join lateral (
    select jsonb_agg(jsonb_build_object('number', s.number, 'startsAtInMs', s.starts_at_ms,
      'durationInSamples', s.duration_in_samples, 'isGap', s.is_gap) order by s.number) as segments
    from (select * from public.live_segments where stream_id = l.id order by number desc limit 12) s
  ) w
  where l.id = p_stream_id and w.segments is not null
$$;

-- Every few seconds: ends what has sent nothing for so long that its browser is gone (a network may be away for 20 seconds and
-- come back), and forgets what ended; its files go with it.
create function private.sweep_live() returns int
language plpgsql security definer set search_path = ''
as $$
declare
  v_stream record;
  v_swept int := 0;
begin
  for v_stream in
    select l.id, l.session_id from public.live_streams l
    where l.ended_at is null and l.spoke_at < clock_timestamp() - interval '45 seconds'
    order by l.session_id limit 100
  loop
    perform from public.dj_sessions where id = v_stream.session_id for no key update;
    perform private.close_live(v_stream.id, 'infinity', null);
    v_swept := v_swept + 1;
  end loop;
  delete from public.live_streams where ended_at < now() - interval '2 minutes';
  return v_swept;
end $$;

-- What goes on air ends with its session.
create function private.end_live_with_session() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.close_live(id, 'infinity', null) from public.live_streams where session_id = new.id and ended_at is null;
  return new;
end $$;
create trigger end_live_with_session after update of status on public.dj_sessions
  for each row when (new.status = 'ended' and old.status <> 'ended') execute function private.end_live_with_session();

-- However a stream goes, its folder waits for the worker to empty it, as those of deleted tracks do.
create function private.remember_deleted_live() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.deleted_tracks (track_id, prefix) values (old.id, 'live/' || old.id) on conflict do nothing;
  return old;
end $$;
create trigger remember_deleted_live after delete on public.live_streams
  for each row execute function private.remember_deleted_live();

-- As before; the snapshot says what is on air.
create or replace function private.session_snapshot(p_session_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.my_role(p_session_id);
  perform private.touch_member(p_session_id, private.me());
  return private.snapshot_json(p_session_id, private.me())
    || jsonb_build_object(
      'channel', (select channel from public.dj_sessions where id = p_session_id),
      'live', private.current_live_json(p_session_id));
end $$;

-- The API ---------------------------------------------------------------------------------------------------------------------
create function public.start_live(p_session_id uuid, p_lease_id uuid, p_stream_id uuid, p_mode text, p_starts_at_ms float8, p_duck_gain real) returns jsonb language sql volatile set search_path = ''
return private.start_live(p_session_id, p_lease_id, p_stream_id, p_mode, p_starts_at_ms, p_duck_gain);

create function public.admit_live_segment(p_stream_id uuid, p_lease_id uuid) returns jsonb language sql volatile set search_path = ''
return private.admit_live_segment(p_stream_id, p_lease_id);

create function public.end_live(p_stream_id uuid, p_lease_id uuid, p_ends_at_ms float8) returns jsonb language sql volatile set search_path = ''
return private.end_live(p_stream_id, p_lease_id, p_ends_at_ms);

create function public.publish_live_segment(p_stream_id uuid, p_number int, p_starts_at_ms float8, p_start_in_samples bigint, p_duration_in_samples int, p_init_hash text) returns jsonb language sql volatile set search_path = ''
return private.publish_live_segment(p_stream_id, p_number, p_starts_at_ms, p_start_in_samples, p_duration_in_samples, p_init_hash);

create function public.live_playlist(p_stream_id uuid) returns jsonb language sql stable set search_path = ''
return private.live_playlist(p_stream_id);

create function public.sweep_live() returns int language sql volatile set search_path = ''
return private.sweep_live();

revoke all on function
  private.live_json, private.current_live_json, private.tell_live, private.close_live, private.own_live,
  private.start_live, private.admit_live_segment, private.end_live, private.publish_live_segment, private.live_playlist,
  private.sweep_live, private.end_live_with_session, private.remember_deleted_live,
  public.start_live, public.admit_live_segment, public.end_live, public.publish_live_segment, public.live_playlist,
  public.sweep_live
from public, anon, authenticated, service_role;
grant execute on function
  public.start_live, public.admit_live_segment, public.end_live,
  private.start_live, private.admit_live_segment, private.end_live
to authenticated;
grant execute on function
  public.publish_live_segment, public.live_playlist, public.sweep_live,
  private.publish_live_segment, private.live_playlist, private.sweep_live
to service_role;
