-- Who may hear and be present in a session's channel, and who may put which file into the bucket.

-- The channel (Realtime authorisation) --------------------------------------------------------------------------------------
-- Topics are `session:<id>`. A ban ends the membership, and with it this answer.
create function private.may_hear(p_topic text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select case when p_topic ~ '^session:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then exists (
    select from public.session_members
    where session_id = substr(p_topic, 9)::uuid and user_id = (select auth.uid())) else false end
$$;

create policy "Members hear their session" on realtime.messages
  for select to authenticated
  using (extension in ('broadcast', 'presence') and private.may_hear((select realtime.topic())));

-- Presence alone: nobody but the database speaks for the session.
create policy "Members show that they are here" on realtime.messages
  for insert to authenticated
  with check (extension = 'presence' and private.may_hear((select realtime.topic())));

-- Files ---------------------------------------------------------------------------------------------------------------------
-- Read by anybody who knows the path (public, so that a CDN may keep it); paths hold two UUIDs and cannot be guessed,
-- and there is no policy that would list them.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('media', 'media', true, 5242880, array[
  'audio/mp4', 'video/mp4', 'video/iso.segment', 'audio/iso.segment', 'image/webp', 'application/vnd.apple.mpegurl'])
on conflict (id) do update set public = excluded.public, file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

-- A track's segments and artwork, by its owner, while it is uploading; session artwork, a hundred a person. The name says
-- all: whatever does not look exactly like one of ours is no file of ours.
create function private.may_upload(p_name text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select case
    when p_name ~ ('^tracks/[0-9a-f-]{36}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/'
      || '(artwork\.webp|(64k|128k|256k)/(init\.mp4|0[0-9]{4}\.m4s))$') then exists (
      select from public.tracks
      where id = split_part(p_name, '/', 3)::uuid and owner_id = (select auth.uid())
        and split_part(p_name, '/', 2) = owner_id::text and status = 'uploading')
    when p_name ~ '^sessions/[0-9a-f-]{36}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.webp$' then
      split_part(p_name, '/', 2) = (select auth.uid())::text and (
        select count(*) from storage.objects
        where bucket_id = 'media' and name like 'sessions/' || (select auth.uid()) || '/%') < 100
    else false end
$$;

create policy "People put their own files where they belong" on storage.objects
  for insert to authenticated with check (bucket_id = 'media' and private.may_upload(name));
