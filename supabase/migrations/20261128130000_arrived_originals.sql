-- Storage says when an original has arrived; then it waits for the worker, whether or not its browser is still there to say so.

-- As before, and keeps whether silence at both ends is to go: whoever completes an original need not know.
create or replace function private.start_upload(p_track_id uuid, p_title text, p_artist text, p_source jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_title text := private.clean_line(p_title, 200);
  v_bytes numeric;
  v_known public.tracks;
begin
  if p_track_id is null then perform private.refuse('invalid_input', '{"field": "trackId"}'); end if;
  if v_title = '' then perform private.refuse('invalid_input', '{"field": "title"}'); end if;
  if jsonb_typeof(p_source) is distinct from 'object'
    or jsonb_typeof(p_source -> 'name') is distinct from 'string'
    or jsonb_typeof(p_source -> 'bytes') is distinct from 'number'
    or coalesce(p_source ->> 'sha256', '') !~ '^[0-9a-f]{64}$'
    or coalesce(jsonb_typeof(p_source -> 'trimsSilence'), 'boolean') <> 'boolean' then
    perform private.refuse('invalid_input', '{"field": "source"}');
  end if;
  v_bytes := (p_source ->> 'bytes')::numeric;
  if v_bytes < 0 or v_bytes > 4294967296 or v_bytes <> trunc(v_bytes) then
    perform private.refuse('invalid_input', '{"field": "source.bytes"}');
  end if;

  select * into v_known from public.tracks where id = p_track_id;
  if v_known.owner_id is distinct from v_me and v_known.id is not null then perform private.refuse('not_allowed'); end if;
  if v_known.id is null then
    perform private.limit_rate(v_me, 'upload', 200, '1 hour');
    -- Only the known keys are kept: nothing else of the client's JSON is stored.
    insert into public.tracks (id, owner_id, title, artist, source)
    values (p_track_id, v_me, v_title, nullif(private.clean_line(p_artist, 200), ''),
      jsonb_strip_nulls(jsonb_build_object('name', private.clean_line(p_source ->> 'name', 255), 'bytes', v_bytes::bigint,
        'sha256', p_source ->> 'sha256', 'trimsSilence', p_source -> 'trimsSilence')));
  end if;
  return jsonb_build_object('prefix', private.track_prefix(v_me, p_track_id),
    'status', coalesce(v_known.status, 'uploading'));
end $$;

-- By the server, told of an object in Storage. The original of a track that is being uploaded is `waiting` from now on; one that
-- no track waits for is `unwanted`, as where an upload address was used once more; what is no original is `ignored`. Repeating
-- it changes nothing.
create function private.receive_original(p_bucket text, p_name text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_track public.tracks;
begin
  perform from storage.objects
  where p_bucket in ('originals', 'large-originals') and bucket_id = p_bucket and name = p_name;
  if not found then return jsonb_build_object('outcome', 'ignored'); end if;
  if p_name ~ '^tracks/[0-9a-f-]{36}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    select * into v_track from public.tracks
    where id = split_part(p_name, '/', 3)::uuid and private.track_prefix(owner_id, id) = p_name for update;
  end if;
  if v_track.status is distinct from 'uploading' or p_bucket <> private.originals_bucket(v_track) then
    return jsonb_build_object('outcome', 'unwanted');
  end if;
  update public.tracks set original_at = clock_timestamp() where id = v_track.id and original_at is null;
  return jsonb_build_object('outcome', 'waiting');
end $$;

-- The API ------------------------------------------------------------------------------------------------------------
create function public.receive_original(p_bucket text, p_name text) returns jsonb language sql volatile set search_path = ''
return private.receive_original(p_bucket, p_name);

revoke all on function private.receive_original, public.receive_original from public, anon, authenticated, service_role;
grant execute on function private.receive_original, public.receive_original to service_role;
