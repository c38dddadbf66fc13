-- WhatsSound Plus: what somebody bought of it, as RevenueCat says. Its notifications come late, twice and in any order, so each
-- of them only makes the server look people up; what it found is handed over here, and what it comes to is decided here.

-- Whether Plus is to be had on this installation. `off`: nobody has it, and everybody has all there is. `test`: purchases of the
-- sandbox count too. The worker says so at its start, from its environment (`set_up_plans`).
create type private.plus_mode as enum ('off', 'test', 'live');
create table private.plus_settings (
  is_only_row boolean primary key default true check (is_only_row),
  mode private.plus_mode not null default 'off'
);
alter table private.plus_settings enable row level security;
insert into private.plus_settings default values;

-- How each person stood when they were looked up last, also where there was nothing.
create table public.entitlements (
  user_id uuid primary key references public.profiles on delete cascade,
  -- Null: nothing was bought.
  product_id text check (char_length(product_id) between 1 and 200),
  store text,
  -- What is not known to be real is not.
  is_sandbox boolean not null,
  purchased_at timestamptz,
  -- The end of what is paid for; infinite where it has none.
  expires_at timestamptz,
  -- Until then a store tries again to be paid.
  grace_ends_at timestamptz,
  refunded_at timestamptz,
  -- Since when it will not renew.
  cancelled_at timestamptz,
  billing_issue_at timestamptz,
  -- When a paused subscription goes on.
  resumes_at timestamptz,
  -- The store's page on which it is changed and cancelled.
  management_url text,
  looked_up_at timestamptz not null,
  -- Whoever cancels, pauses or cannot be charged keeps what is paid for, and the days of grace. Whoever has the money back
  -- has nothing, unless they bought it again since.
  ends_at timestamptz generated always as (
    case
      when product_id is null then null
      when refunded_at >= purchased_at then refunded_at
      else greatest(expires_at, grace_ends_at)
    end) stored,
  check (product_id is null or (purchased_at is not null and expires_at is not null))
);
alter table public.entitlements enable row level security;
create policy "People see what they have of Plus" on public.entitlements
  for select to authenticated using (user_id = (select auth.uid()));
revoke all on public.entitlements from service_role;
grant select on public.entitlements to authenticated, service_role;

-- Ends by itself: no notification is needed for it.
create function private.has_plus(p_user_id uuid) returns boolean
language sql stable security definer set search_path = ''
return exists (
  select from public.entitlements e cross join private.plus_settings s
  where e.user_id = p_user_id and e.ends_at > clock_timestamp()
    and (s.mode = 'test' or (s.mode = 'live' and not e.is_sandbox)));

-- The other way round than `to_ms`.
create function private.from_ms(p_ms bigint) returns timestamptz
language sql immutable set search_path = ''
return to_timestamp(p_ms / 1000.0);

-- Notifications that were applied. In the transaction that applies them, so that none is lost and none counts twice.
create table private.revenuecat_events (
  id text primary key,
  type text,
  at timestamptz not null default clock_timestamp()
);
alter table private.revenuecat_events enable row level security;

-- Applies what was found when people were looked up: all whom one notification is about, or somebody without one (p_event_id
-- null). Of somebody who was looked up several times the newest counts, in whatever order they come.
-- p_facts: a list of {userId, customerId, productId, store, isSandbox, purchasedAt, expiresAt, graceEndsAt, refundedAt,
-- cancelledAt, billingIssueAt, resumesAt, managementUrl, lookedUpAt}; without a product there is nothing, without `expiresAt`
-- it has no end. Who is nobody here is left out.
-- Answers {outcome: 'applied' | 'unchanged'}, and {outcome: 'repeated'} for a notification that was applied before.
create function private.apply_entitlements(p_facts jsonb, p_event_id text, p_event_type text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  if jsonb_typeof(p_facts) is distinct from 'array' then perform private.refuse('invalid_input', '{"field": "facts"}'); end if;
  if p_event_id is not null then
    insert into private.revenuecat_events (id, type) values (p_event_id, p_event_type) on conflict do nothing;
    if not found then return '{"outcome": "repeated"}'; end if;
  end if;
  insert into public.entitlements as e (user_id, product_id, store, is_sandbox, purchased_at, expires_at, grace_ends_at,
    refunded_at, cancelled_at, billing_issue_at, resumes_at, management_url, looked_up_at)
  select distinct on (p.id) p.id, bought.product_id, f.store, coalesce(f."isSandbox", true), private.from_ms(f."purchasedAt"),
    case when bought.product_id is not null then coalesce(private.from_ms(f."expiresAt"), 'infinity') end,
    private.from_ms(f."graceEndsAt"), private.from_ms(f."refundedAt"), private.from_ms(f."cancelledAt"),
    private.from_ms(f."billingIssueAt"), private.from_ms(f."resumesAt"), f."managementUrl", private.from_ms(f."lookedUpAt")
  from jsonb_to_recordset(p_facts) as f ("userId" uuid, "customerId" text, "productId" text, store text, "isSandbox" boolean,
    "purchasedAt" bigint, "expiresAt" bigint, "graceEndsAt" bigint, "refundedAt" bigint, "cancelledAt" bigint,
    "billingIssueAt" bigint, "resumesAt" bigint, "managementUrl" text, "lookedUpAt" bigint)
  join public.profiles p on p.id = f."userId"
  -- A customer of RevenueCat's who goes by the ids of several people here is the one whose id came first: one purchase, one
  -- person.
  cross join lateral (values (
    case when f."customerId" ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
      case when not exists (select from public.profiles o where o.id = f."customerId"::uuid and o.id <> p.id)
        then f."productId" end
    else f."productId" end
  )) bought (product_id)
  -- In one order, so that nobody waits in a circle.
  order by p.id, f."lookedUpAt" desc
  on conflict (user_id) do update set
    product_id = excluded.product_id, store = excluded.store, is_sandbox = excluded.is_sandbox,
    purchased_at = excluded.purchased_at, expires_at = excluded.expires_at, grace_ends_at = excluded.grace_ends_at,
    refunded_at = excluded.refunded_at, cancelled_at = excluded.cancelled_at,
    billing_issue_at = excluded.billing_issue_at, resumes_at = excluded.resumes_at,
    management_url = excluded.management_url, looked_up_at = excluded.looked_up_at
  where e.looked_up_at <= excluded.looked_up_at;
  return jsonb_build_object('outcome', case when found then 'applied' else 'unchanged' end);
end $$;

-- Counts that somebody has themselves looked up, because they come from the page on which Plus is bought. Guests have nothing
-- that could be looked up: they could lose it with their browser.
create function private.begin_plus_look_up() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
begin
  if (select mode from private.plus_settings) = 'off' then perform private.refuse('plus_off'); end if;
  if not exists (select from public.profiles where id = v_me and not is_guest) then perform private.refuse('not_allowed'); end if;
  perform private.limit_rate(v_me, 'plus look-up', 30, '10 minutes');
  return '{}';
end $$;

-- Taking one's data along, as before: also what one bought.
alter function private.export_my_data rename to export_with_tips;

create function private.export_my_data() returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
begin
  return private.export_with_tips() || jsonb_build_object(
    'entitlement', (select to_jsonb(e) from public.entitlements e where e.user_id = private.me()));
end $$;

-- The API ------------------------------------------------------------------------------------------------------------
create or replace function public.export_my_data() returns jsonb language sql volatile set search_path = ''
return private.export_my_data();

create function public.apply_entitlements(p_facts jsonb, p_event_id text default null, p_event_type text default null) returns jsonb language sql volatile set search_path = ''
return private.apply_entitlements(p_facts, p_event_id, p_event_type);

create function public.begin_plus_look_up() returns jsonb language sql volatile set search_path = ''
return private.begin_plus_look_up();

revoke all on function
  private.has_plus, private.apply_entitlements, private.from_ms, private.begin_plus_look_up, private.export_with_tips,
  private.export_my_data, public.apply_entitlements, public.begin_plus_look_up
from public, anon, authenticated, service_role;
grant execute on function private.apply_entitlements, public.apply_entitlements to service_role;
grant execute on function
  private.begin_plus_look_up, public.begin_plus_look_up, private.export_my_data
to authenticated;
