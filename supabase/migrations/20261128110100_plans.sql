-- What people may do by their plan. Whoever has no Plus may do what everybody could before there was any; where Plus is not to
-- be had at all (`open`), nothing is kept back from anybody.

create table private.plan_limits (
  plan text primary key check (plan in ('open', 'standard', 'plus')),
  -- Of a track, and so of a recorded set that becomes one.
  track_max_ms bigint not null check (track_max_ms > 0),
  -- Of a file that is uploaded as it is, for a worker to encode.
  original_max_bytes bigint not null check (original_max_bytes > 0),
  -- How many sessions somebody may open; null: as many as they like.
  sessions_an_hour int check (sessions_an_hour > 0),
  -- What of a DJ's new tracks is published. Whoever listens hears the best that there is: the files lie where a CDN may keep
  -- them, so nothing could be held back from a listener who knows the address.
  renditions text[] not null check (renditions @> '{64k,128k}' and renditions <@ '{64k,128k,256k}')
);
alter table private.plan_limits enable row level security;
insert into private.plan_limits (plan, track_max_ms, original_max_bytes, sessions_an_hour, renditions) values
  ('open', 5400000, 209715200, 10, '{64k,128k,256k}'),
  ('standard', 5400000, 209715200, 10, '{64k,128k}'),
  ('plus', 14400000, 1073741824, null, '{64k,128k,256k}');

create function private.plan_of(p_user_id uuid) returns text
language sql stable security definer set search_path = ''
return case
  when (select mode from private.plus_settings) = 'off' then 'open'
  when private.has_plus(p_user_id) then 'plus'
  else 'standard'
end;

create function private.limits_of(p_user_id uuid) returns private.plan_limits
language sql stable security definer set search_path = ''
return (select l from private.plan_limits l where l.plan = private.plan_of(p_user_id));

-- How limits travel (lib/protocol/plus.ts, limitsSchema).
create function private.limits_json(l private.plan_limits) returns jsonb
language sql immutable set search_path = ''
return jsonb_build_object('trackMaxInMs', l.track_max_ms, 'originalMaxBytes', l.original_max_bytes,
  'sessionsAnHour', l.sessions_an_hour, 'renditions', l.renditions);

-- What the caller may do, what Plus is (null: not to be had here), and what they bought of it.
create function private.my_plan() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_plan text := private.plan_of(v_me);
  e public.entitlements;
begin
  select * into e from public.entitlements where user_id = v_me and product_id is not null;
  return jsonb_build_object(
    'plan', v_plan,
    'limits', private.limits_json(private.limits_of(v_me)),
    'offer', case when v_plan <> 'open' then (
      select jsonb_object_agg(l.plan, private.limits_json(l)) from private.plan_limits l where l.plan <> 'open') end,
    'subscription', case when e.user_id is not null then jsonb_build_object(
      'isActive', private.has_plus(v_me),
      'endsAt', case when isfinite(e.ends_at) then private.to_ms(e.ends_at) end,
      'isCancelled', e.cancelled_at is not null,
      'isRefunded', coalesce(e.refunded_at >= e.purchased_at, false),
      'hasBillingIssue', e.billing_issue_at is not null,
      'resumesAt', private.to_ms(e.resumes_at),
      'isSandbox', e.is_sandbox,
      'managementUrl', e.management_url) end);
end $$;

-- By the worker, at its start: what its environment says of this installation. Plus is never less than what everybody has.
create function private.set_up_plans(p_plus_mode text, p_track_max_ms bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  update private.plus_settings set mode = p_plus_mode::private.plus_mode where is_only_row;
  update private.plan_limits set track_max_ms = case plan
    when 'plus' then greatest(p_track_max_ms, 14400000) else p_track_max_ms end
  where plan in ('open', 'standard', 'plus');
  return jsonb_build_object('plusMode', p_plus_mode);
end $$;

-- Where limits are kept --------------------------------------------------------------------------------------------------
create or replace function private.create_session(p_title text, p_visibility text, p_artwork_path text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_title text := private.clean_line(p_title, 80);
  v_an_hour int := (private.limits_of(v_me)).sessions_an_hour;
  v_session public.dj_sessions;
begin
  if not exists (select from public.profiles where id = v_me) then perform private.refuse('not_signed_in'); end if;
  if v_title = '' then perform private.refuse('invalid_input', '{"field": "title"}'); end if;
  if p_visibility is null or p_visibility not in ('public', 'unlisted', 'private') then
    perform private.refuse('invalid_input', '{"field": "visibility"}');
  end if;
  -- Only a picture that its owner put into the bucket: no address, no other file type.
  if p_artwork_path !~ ('^sessions/' || v_me || '/[0-9a-f-]{36}\.webp$') then
    perform private.refuse('invalid_input', '{"field": "artworkPath"}');
  end if;
  if v_an_hour is not null then perform private.limit_rate(v_me, 'session', v_an_hour, '1 hour');
  -- No limit for people, one for programs.
  else perform private.limit_rate(v_me, 'session flood', 20, '1 minute');
  end if;
  insert into public.dj_sessions (slug, dj_id, title, visibility, artwork_path)
  values (private.make_slug(v_title), v_me, v_title, p_visibility, p_artwork_path)
  returning * into v_session;
  insert into public.session_members (session_id, user_id, role) values (v_session.id, v_me, 'dj');
  insert into public.playback (session_id) values (v_session.id);
  return jsonb_build_object('id', v_session.id, 'slug', v_session.slug);
end $$;

-- A track's renditions as far as its owner's plan goes. What was published stays, whatever becomes of the plan.
create or replace function private.may_upload(p_name text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select case
    when p_name ~ ('^tracks/[0-9a-f-]{36}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/'
      || '(artwork\.webp|(64k|128k|256k)/(init\.mp4|0[0-9]{4}\.m4s))$') then exists (
      select from public.tracks
      where id = split_part(p_name, '/', 3)::uuid and owner_id = (select auth.uid())
        and split_part(p_name, '/', 2) = owner_id::text
        and (status = 'uploading' or (rest_status = 'awaited' and split_part(p_name, '/', 4) in ('64k', '256k')))
        and (split_part(p_name, '/', 4) = 'artwork.webp'
          or split_part(p_name, '/', 4) = any ((private.limits_of(owner_id)).renditions)))
    when p_name ~ '^sessions/[0-9a-f-]{36}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.webp$' then
      split_part(p_name, '/', 2) = (select auth.uid())::text and (
        select count(*) from storage.objects
        where bucket_id = 'media' and name like 'sessions/' || (select auth.uid()) || '/%') < 100
    else false end
$$;

-- Originals beyond what everybody may upload have a bucket of their own, since how large a file really is, only its bucket
-- knows. Its limit is that of Plus.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('large-originals', 'large-originals', false, 1073741824, array['application/octet-stream'])
on conflict (id) do update set public = excluded.public, file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

-- In which bucket a track's original lies, by the size that its owner announced.
create function private.originals_bucket(t public.tracks) returns text
language sql immutable set search_path = ''
return case when (t.source ->> 'bytes')::bigint <= 209715200 then 'originals' else 'large-originals' end;

-- An original lies under the name of its track's folder: one a track that is uploading, ten a person at a time.
drop policy "People put their own originals where they belong" on storage.objects;
drop function private.may_upload_original(text);
create function private.may_upload_original(p_bucket_id text, p_name text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select case when p_name ~ '^tracks/[0-9a-f-]{36}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then exists (
      select from public.tracks t
      where t.id = split_part(p_name, '/', 3)::uuid and t.owner_id = (select auth.uid())
        and split_part(p_name, '/', 2) = t.owner_id::text and t.status = 'uploading' and t.original_at is null
        and p_bucket_id = private.originals_bucket(t)
        and (t.source ->> 'bytes')::bigint <= (private.limits_of(t.owner_id)).original_max_bytes)
    and (
      select count(*) from storage.objects
      where bucket_id in ('originals', 'large-originals') and name like 'tracks/' || (select auth.uid()) || '/%') < 10
  else false end
$$;
create policy "People put their own originals where they belong" on storage.objects
  for insert to authenticated
  with check (bucket_id in ('originals', 'large-originals') and private.may_upload_original(bucket_id, name));

create or replace function private.complete_original(p_track_id uuid, p_trims_silence boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_track public.tracks := private.own_track(p_track_id);
begin
  if v_track.status = 'uploading' and v_track.original_at is null then
    perform from storage.objects
    where bucket_id = private.originals_bucket(v_track) and name = private.track_prefix(v_track.owner_id, p_track_id);
    if not found then perform private.refuse('upload_incomplete'); end if;
    update public.tracks set original_at = clock_timestamp(),
      source = source || jsonb_build_object('trimsSilence', coalesce(p_trims_silence, false))
    where id = p_track_id;
  end if;
  return jsonb_build_object('status', v_track.status);
end $$;

-- The API ------------------------------------------------------------------------------------------------------------
create function public.my_plan() returns jsonb language sql stable set search_path = ''
return private.my_plan();

create function public.set_up_plans(p_plus_mode text, p_track_max_ms bigint) returns jsonb language sql volatile set search_path = ''
return private.set_up_plans(p_plus_mode, p_track_max_ms);

revoke all on function
  private.plan_of, private.limits_of, private.limits_json, private.my_plan, private.set_up_plans, private.originals_bucket,
  private.may_upload_original, public.my_plan, public.set_up_plans
from public, anon, authenticated, service_role;
grant execute on function private.my_plan, public.my_plan, private.may_upload_original to authenticated;
grant execute on function private.set_up_plans, public.set_up_plans to service_role;
