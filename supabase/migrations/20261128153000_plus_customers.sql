-- Who somebody is at RevenueCat. It tells what a customer bought to whoever knows the shop's key, which every browser has, and
-- the customer's id: so that is an id of its own, and not the one that everybody in a room knows. It is made when somebody
-- comes to the page on which Plus is bought.
create table private.plus_customers (
  user_id uuid primary key references public.profiles on delete cascade,
  customer_id uuid not null unique default gen_random_uuid(),
  since timestamptz not null default clock_timestamp()
);
alter table private.plus_customers enable row level security;
-- Whoever was looked up before may have bought something, and stays who they are there.
insert into private.plus_customers (user_id, customer_id)
select user_id, user_id from public.entitlements;

-- The caller's id at RevenueCat: {customerId}. Guests have none: they could lose what they bought with their browser.
create function private.my_plus_customer() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
begin
  if (select mode from private.plus_settings) = 'off' then perform private.refuse('plus_off'); end if;
  if not exists (select from public.profiles where id = v_me and not is_guest) then perform private.refuse('not_allowed'); end if;
  insert into private.plus_customers (user_id) values (v_me) on conflict do nothing;
  return (select jsonb_build_object('customerId', customer_id) from private.plus_customers where user_id = v_me);
end $$;

-- Counts that somebody has themselves looked up, because they come from the page on which Plus is bought: {customerId}.
create or replace function private.begin_plus_look_up() returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.limit_rate(private.me(), 'plus look-up', 30, '10 minutes');
  return private.my_plus_customer();
end $$;

-- Everybody whose Plus goes on or has ended since then, and who came to buy it since then and has nothing: whoever of them
-- RevenueCat told us nothing about has to be asked about. A list of {customerId, userId, endsAt}.
create function private.plus_customers_since(p_since timestamptz) returns jsonb
language sql stable security definer set search_path = ''
return (
  select coalesce(jsonb_agg(jsonb_build_object('customerId', c.customer_id, 'userId', c.user_id, 'endsAt', e.ends_at)
    order by c.user_id), '[]')
  from private.plus_customers c left join public.entitlements e on e.user_id = c.user_id
  where e.ends_at >= p_since or (e.ends_at is null and c.since >= p_since));

-- As before, by people's ids at RevenueCat. p_facts: a list of {appUserId, customerId, productId, store, isSandbox, purchasedAt,
-- expiresAt, graceEndsAt, refundedAt, cancelledAt, billingIssueAt, resumesAt, managementUrl, lookedUpAt}: `appUserId` is who
-- was asked about, `customerId` the first id that this customer went by.
create or replace function private.apply_entitlements(p_facts jsonb, p_event_id text, p_event_type text) returns jsonb
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
  select distinct on (c.user_id) c.user_id, bought.product_id, f.store, coalesce(f."isSandbox", true),
    private.from_ms(f."purchasedAt"),
    case when bought.product_id is not null then coalesce(private.from_ms(f."expiresAt"), 'infinity') end,
    private.from_ms(f."graceEndsAt"), private.from_ms(f."refundedAt"), private.from_ms(f."cancelledAt"),
    private.from_ms(f."billingIssueAt"), private.from_ms(f."resumesAt"), f."managementUrl", private.from_ms(f."lookedUpAt")
  from jsonb_to_recordset(p_facts) as f ("appUserId" uuid, "customerId" text, "productId" text, store text,
    "isSandbox" boolean, "purchasedAt" bigint, "expiresAt" bigint, "graceEndsAt" bigint, "refundedAt" bigint,
    "cancelledAt" bigint, "billingIssueAt" bigint, "resumesAt" bigint, "managementUrl" text, "lookedUpAt" bigint)
  join private.plus_customers c on c.customer_id = f."appUserId"
  -- A customer who goes by the ids of several people here is the one whose id came first: one purchase, one person.
  cross join lateral (values (
    case when not exists (select from private.plus_customers o
      where o.customer_id::text = f."customerId" and o.user_id <> c.user_id) then f."productId" end
  )) bought (product_id)
  -- In one order, so that nobody waits in a circle.
  order by c.user_id, f."lookedUpAt" desc
  on conflict (user_id) do update set
    product_id = excluded.product_id, store = excluded.store, is_sandbox = excluded.is_sandbox,
    purchased_at = excluded.purchased_at, expires_at = excluded.expires_at, grace_ends_at = excluded.grace_ends_at,
    refunded_at = excluded.refunded_at, cancelled_at = excluded.cancelled_at,
    billing_issue_at = excluded.billing_issue_at, resumes_at = excluded.resumes_at,
    management_url = excluded.management_url, looked_up_at = excluded.looked_up_at
  where e.looked_up_at <= excluded.looked_up_at;
  return jsonb_build_object('outcome', case when found then 'applied' else 'unchanged' end);
end $$;

-- Taking one's data along, as before: also who one is there.
create or replace function private.export_my_data() returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
begin
  return private.export_with_tips() || jsonb_build_object(
    'entitlement', (select to_jsonb(e) from public.entitlements e where e.user_id = private.me()),
    'plusCustomer', (select to_jsonb(c) from private.plus_customers c where c.user_id = private.me()));
end $$;

-- The API ------------------------------------------------------------------------------------------------------------
create function public.my_plus_customer() returns jsonb language sql volatile set search_path = ''
return private.my_plus_customer();

create function public.plus_customers_since(p_since timestamptz) returns jsonb language sql stable set search_path = ''
return private.plus_customers_since(p_since);

revoke all on function
  private.my_plus_customer, private.plus_customers_since, public.my_plus_customer, public.plus_customers_since
from public, anon, authenticated, service_role;
grant execute on function private.my_plus_customer, public.my_plus_customer to authenticated;
grant execute on function private.plus_customers_since, public.plus_customers_since to service_role;
