-- The roles that hosted Supabase has before the first migration, with the rights new tables get there.
do $$
declare
  new_role text;
begin
  foreach new_role in array array['anon', 'authenticated', 'service_role', 'authenticator',
                                  'supabase_admin', 'supabase_auth_admin', 'supabase_storage_admin', 'dashboard_user']
  loop
    if not exists (select from pg_roles where rolname = new_role) then
      execute format('create role %I nologin noinherit', new_role);
    end if;
  end loop;
end $$;

alter role service_role bypassrls;
alter role supabase_admin superuser;
grant anon, authenticated, service_role to authenticator;

create schema if not exists extensions;
grant usage on schema extensions to public;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;

grant usage on schema public to anon, authenticated, service_role;
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
