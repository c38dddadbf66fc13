-- Tables for the conformance tests of the embedded Supabase; the product's own schema plays no part in them.
create table public.rooms (
  id uuid primary key default gen_random_uuid(),
  owner uuid references auth.users on delete cascade,
  title text not null check (length(title) between 1 and 80),
  public boolean not null default true,
  settings jsonb not null default '{}',
  opened_at timestamptz not null default now()
);
