-- Profiles: one a person, guests included, made when the account is made.

create table public.profiles (
  id uuid primary key references auth.users on delete cascade,
  display_name text not null check (char_length(display_name) between 1 and 40),
  -- The language chosen by hand; null follows the browser.
  locale text check (locale in ('es', 'en')),
  is_guest boolean not null default false,
  created_at timestamptz not null default now()
);
alter table public.profiles enable row level security;

-- Names of others travel with sessions; the row itself is one's own.
create policy "People see their own profile" on public.profiles
  for select to authenticated using (id = (select auth.uid()));
grant select on public.profiles to authenticated;

-- From account to profile --------------------------------------------------------------------------------------------
-- `raw_user_meta_data` is whatever the client sent: good for a name, never for rights.
create function private.make_profile() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_given jsonb := case when jsonb_typeof(new.raw_user_meta_data) = 'object' then new.raw_user_meta_data else '{}' end;
  v_name text := private.clean_name(
    coalesce(v_given ->> 'display_name', v_given ->> 'name', v_given ->> 'full_name'));
begin
  insert into public.profiles (id, display_name, locale, is_guest)
  values (
    new.id,
    coalesce(nullif(v_name, ''), '♪ ' || (1000 + abs(hashtext(new.id::text)) % 9000)),
    case when v_given ->> 'locale' in ('es', 'en') then v_given ->> 'locale' end,
    coalesce(new.is_anonymous, false))
  on conflict (id) do nothing;
  return new;
end $$;
create trigger make_profile after insert on auth.users for each row execute function private.make_profile();

-- A guest who adds an address or a social account stops being one.
create function private.keep_profile() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.profiles set is_guest = new.is_anonymous where id = new.id;
  return new;
end $$;
create trigger keep_profile after update of is_anonymous on auth.users for each row
  when (old.is_anonymous is distinct from new.is_anonymous) execute function private.keep_profile();

-- Changing one's own -------------------------------------------------------------------------------------------------
-- Null leaves a field as it is.
create function private.update_profile(p_display_name text, p_locale text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_profile public.profiles;
begin
  perform private.limit_rate(v_me, 'profile', 20, '1 minute');
  if p_display_name is not null and private.clean_name(p_display_name) = '' then
    perform private.refuse('invalid_input', '{"field": "displayName"}');
  end if;
  if p_locale is not null and p_locale not in ('es', 'en') then
    perform private.refuse('invalid_input', '{"field": "locale"}');
  end if;
  update public.profiles set
    display_name = coalesce(nullif(private.clean_name(p_display_name), ''), display_name),
    locale = coalesce(p_locale, locale)
  where id = v_me returning * into v_profile;
  if v_profile.id is null then perform private.refuse('not_signed_in'); end if;
  return jsonb_build_object('displayName', v_profile.display_name, 'locale', v_profile.locale);
end $$;
