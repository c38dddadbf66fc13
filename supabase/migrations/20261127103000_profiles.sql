-- What others see of a person: a handle of their own, a picture, a few words, links.

-- Handles ------------------------------------------------------------------------------------------------------------
-- Small letters, digits and underscores of ASCII alone, so that no letter of another script can pass for one of them.
-- What looks alike within ASCII has one skeleton (after UTS #39, in a small form): 0 and o; 1, l and i, which are alike
-- as capitals; rn and m; vv and w; underscores count for nothing. A skeleton belongs to one person.
create function private.handle_skeleton(p_handle text) returns text
language sql immutable set search_path = ''
return replace(replace(translate(lower(p_handle), '01i_', 'oll'), 'rn', 'm'), 'vv', 'w');

-- Names that would speak for the product, or that software takes for something else.
create function private.is_reserved_handle(p_handle text) returns boolean
language sql immutable set search_path = ''
as $$
  select private.handle_skeleton(p_handle) like '%' || private.handle_skeleton('whatssound') || '%'
    or exists (
      select from unnest(array[
        'about', 'abuse', 'account', 'accounts', 'admin', 'administrator', 'all', 'anonymous', 'api', 'app', 'auth',
        'billing', 'bot', 'contact', 'deleted', 'everybody', 'everyone', 'explore', 'guest', 'help', 'here', 'home',
        'info', 'legal', 'live', 'lobby', 'login', 'logout', 'mail', 'me', 'mod', 'moderation', 'moderator', 'news',
        'nobody', 'null', 'official', 'owner', 'postmaster', 'press', 'privacy', 'root', 'search', 'security',
        'session', 'settings', 'signin', 'signup', 'staff', 'status', 'studio', 'support', 'system', 'team', 'terms',
        'undefined', 'user', 'webmaster', 'www']) as word
      where private.handle_skeleton(word) = private.handle_skeleton(p_handle))
$$;

alter table public.profiles
  add column handle text check (handle ~ '^[a-z0-9_]{3,24}$' and handle ~ '[a-z0-9]{2}'),
  add column handle_skeleton text generated always as (private.handle_skeleton(handle)) stored,
  add column bio text not null default '' check (char_length(bio) <= 300),
  -- A list of https addresses.
  add column links jsonb not null default '[]' check (jsonb_typeof(links) = 'array'),
  add column avatar_path text,
  -- IANA's name of the zone chosen by hand; null follows the browser.
  add column time_zone text;
create unique index profiles_handle_skeleton_idx on public.profiles (handle_skeleton);

-- Links --------------------------------------------------------------------------------------------------------------
-- At most five addresses with https and a host by name, without anything that could hide whose they are.
create function private.are_links(p_links jsonb) returns boolean
language sql immutable set search_path = ''
as $$
  select case when jsonb_typeof(p_links) is distinct from 'array' or jsonb_array_length(p_links) > 5 then false else
    not exists (
      select from jsonb_array_elements(p_links) as link
      where jsonb_typeof(link) <> 'string' or char_length(link #>> '{}') > 200
        or (link #>> '{}') !~ '^https://([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}(:[0-9]{1,5})?(/[!#-;=?-_a-z~]*)?$') end
$$;

-- How one's own profile travels (lib/protocol/profile.ts). -----------------------------------------------------------
create function private.profile_json(p public.profiles) returns jsonb
language sql stable set search_path = ''
return jsonb_build_object(
  'userId', p.id, 'displayName', p.display_name, 'isGuest', p.is_guest, 'handle', p.handle, 'bio', p.bio,
  'links', p.links, 'avatarPath', p.avatar_path, 'locale', p.locale, 'timeZone', p.time_zone);

-- Changing one's own -------------------------------------------------------------------------------------------------
drop function public.update_profile(text, text);
drop function private.update_profile(text, text);

-- Null leaves a field as it is; an empty handle, picture or time zone removes it.
create function private.update_profile(
  p_display_name text, p_locale text, p_handle text, p_bio text, p_links jsonb, p_avatar_path text, p_time_zone text
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_handle text := lower(btrim(p_handle));
  v_bio text := private.clean_message(p_bio);
  v_profile public.profiles;
begin
  perform private.limit_rate(v_me, 'profile', 20, '1 minute');
  if p_display_name is not null and private.clean_name(p_display_name) = '' then
    perform private.refuse('invalid_input', '{"field": "displayName"}');
  end if;
  if p_locale is not null and p_locale not in ('es', 'en') then
    perform private.refuse('invalid_input', '{"field": "locale"}');
  end if;
  if p_bio is not null and char_length(v_bio) > 300 then
    perform private.refuse('invalid_input', '{"field": "bio"}');
  end if;
  if p_links is not null and not private.are_links(p_links) then
    perform private.refuse('invalid_input', '{"field": "links"}');
  end if;
  if p_avatar_path <> '' and p_avatar_path !~ ('^avatars/' || v_me || '/[0-9a-f-]{36}\.webp$') then
    perform private.refuse('invalid_input', '{"field": "avatarPath"}');
  end if;
  if p_time_zone <> '' and not exists (select from pg_catalog.pg_timezone_names where name = p_time_zone) then
    perform private.refuse('invalid_input', '{"field": "timeZone"}');
  end if;
  if v_handle <> '' then
    if v_handle !~ '^[a-z0-9_]{3,24}$' or v_handle !~ '[a-z0-9]{2}' then
      perform private.refuse('invalid_input', '{"field": "handle"}');
    end if;
    if private.is_reserved_handle(v_handle) then perform private.refuse('handle_reserved'); end if;
    -- Whoever tries one handle after another learns little, and keeps none that others wait for.
    if v_handle is distinct from (select handle from public.profiles where id = v_me) then
      perform private.limit_rate(v_me, 'handle', 10, '1 hour');
    end if;
  end if;
  begin
    update public.profiles set
      display_name = coalesce(nullif(private.clean_name(p_display_name), ''), display_name),
      locale = coalesce(p_locale, locale),
      handle = case when p_handle is null then handle else nullif(v_handle, '') end,
      bio = case when p_bio is null then bio else v_bio end,
      links = coalesce(p_links, links),
      avatar_path = case when p_avatar_path is null then avatar_path else nullif(p_avatar_path, '') end,
      time_zone = case when p_time_zone is null then time_zone else nullif(p_time_zone, '') end
    where id = v_me returning * into v_profile;
  exception when unique_violation then
    perform private.refuse('handle_taken');
  end;
  if v_profile.id is null then perform private.refuse('not_signed_in'); end if;
  return private.profile_json(v_profile);
end $$;

create function public.update_profile(p_display_name text default null, p_locale text default null, p_handle text default null, p_bio text default null, p_links jsonb default null, p_avatar_path text default null, p_time_zone text default null) returns jsonb language sql volatile set search_path = ''
return private.update_profile(p_display_name, p_locale, p_handle, p_bio, p_links, p_avatar_path, p_time_zone);

-- Files --------------------------------------------------------------------------------------------------------------
-- Pictures of people and of their sessions lie in a folder of theirs. When the account goes, the worker empties them, as
-- it does with the folders of deleted tracks.
create function private.remember_deleted_person() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.deleted_tracks (track_id, prefix)
  values (gen_random_uuid(), 'avatars/' || old.id), (gen_random_uuid(), 'sessions/' || old.id);
  perform pg_notify('track_deleted', old.id::text);
  return old;
end $$;
create trigger remember_deleted_person after delete on public.profiles
  for each row execute function private.remember_deleted_person();

-- Rights -------------------------------------------------------------------------------------------------------------
revoke all on function
  private.handle_skeleton, private.is_reserved_handle, private.are_links, private.profile_json, private.update_profile,
  public.update_profile, private.remember_deleted_person
from public, anon, authenticated, service_role;
grant execute on function public.update_profile, private.update_profile to authenticated;
