-- Where a browser cannot encode a file, the file itself is uploaded and the worker encodes it, if this installation has what
-- that takes. What comes out goes the way of every upload: manifest, verification, publication.

-- Read by nobody but the worker, which removes them when it is through.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('originals', 'originals', false, 209715200, array['application/octet-stream'])
on conflict (id) do update set public = excluded.public, file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

-- Since when an original waits for the worker.
alter table public.tracks add column original_at timestamptz;
create index tracks_original_idx on public.tracks (original_at) where status = 'uploading' and original_at is not null;

-- An original lies under the name of its track's folder: one a track that is uploading, ten a person at a time.
create function private.may_upload_original(p_name text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select case when p_name ~ '^tracks/[0-9a-f-]{36}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then exists (
      select from public.tracks
      where id = split_part(p_name, '/', 3)::uuid and owner_id = (select auth.uid())
        and split_part(p_name, '/', 2) = owner_id::text and status = 'uploading' and original_at is null
        and (source ->> 'bytes')::bigint <= 209715200)
    and (
      select count(*) from storage.objects
      where bucket_id = 'originals' and name like 'tracks/' || (select auth.uid()) || '/%') < 10
  else false end
$$;

create policy "People put their own originals where they belong" on storage.objects
  for insert to authenticated with check (bucket_id = 'originals' and private.may_upload_original(name));

create function private.announce_original() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform pg_notify('original_uploaded', new.id::text);
  return new;
end $$;
create trigger announce_original after update of original_at on public.tracks
  for each row when (new.original_at is not null and old.original_at is null)
  execute function private.announce_original();

-- By its owner: the original is there, and is to be encoded. Repeating it changes nothing.
create function private.complete_original(p_track_id uuid, p_trims_silence boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_track public.tracks := private.own_track(p_track_id);
begin
  if v_track.status = 'uploading' and v_track.original_at is null then
    perform from storage.objects
    where bucket_id = 'originals' and name = private.track_prefix(v_track.owner_id, p_track_id);
    if not found then perform private.refuse('upload_incomplete'); end if;
    update public.tracks set original_at = clock_timestamp(),
      source = source || jsonb_build_object('trimsSilence', coalesce(p_trims_silence, false))
    where id = p_track_id;
  end if;
  return jsonb_build_object('status', v_track.status);
end $$;

-- By the worker: what was made of it waits for verification from now on, as if its owner's browser had made it.
create function private.hand_over_encoded(p_track_id uuid, p_manifest jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  update public.tracks set status = 'uploaded', manifest = p_manifest, uploaded_at = now()
  where id = p_track_id and status = 'uploading' and original_at is not null;
  if not found then perform private.refuse('not_found'); end if;
  return jsonb_build_object('status', 'uploaded');
end $$;

-- The API ------------------------------------------------------------------------------------------------------------
create function public.complete_original(p_track_id uuid, p_trims_silence boolean default false) returns jsonb language sql volatile set search_path = ''
return private.complete_original(p_track_id, p_trims_silence);

create function public.hand_over_encoded(p_track_id uuid, p_manifest jsonb) returns jsonb language sql volatile set search_path = ''
return private.hand_over_encoded(p_track_id, p_manifest);

revoke all on function private.may_upload_original, private.announce_original, private.complete_original,
  private.hand_over_encoded, public.complete_original, public.hand_over_encoded
from public, anon, authenticated, service_role;
grant execute on function private.may_upload_original, private.complete_original, public.complete_original
to authenticated;
grant execute on function private.hand_over_encoded, public.hand_over_encoded to service_role;
