-- Plus that nobody hears of any more. RevenueCat gives a notification up after five tries: a renewal that got lost would take Plus
-- from somebody who pays, and a purchase that got lost would never give it.

-- When somebody came last to the page on which Plus is bought, no longer the first time; and when the worker asked about them last.
alter table private.plus_customers rename column since to came_at;
alter table private.plus_customers add column asked_at timestamptz;
create index plus_customers_came_at_idx on private.plus_customers (came_at);
create index entitlements_renewal_idx on public.entitlements ((greatest(expires_at, grace_ends_at, resumes_at)));

-- As before, with when they came.
create or replace function private.my_plus_customer() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.me();
  v_customer_id uuid;
begin
  if (select mode from private.plus_settings) = 'off' then perform private.refuse('plus_off'); end if;
  if not exists (select from public.profiles where id = v_me and not is_guest) then perform private.refuse('not_allowed'); end if;
  insert into private.plus_customers (user_id) values (v_me)
  on conflict (user_id) do update set came_at = clock_timestamp()
  returning customer_id into v_customer_id;
  return jsonb_build_object('customerId', v_customer_id);
end $$;

-- As before, also who had Plus once and came again to buy it.
create or replace function private.plus_customers_since(p_since timestamptz) returns jsonb
language sql stable security definer set search_path = ''
return (
  select coalesce(jsonb_agg(jsonb_build_object('customerId', c.customer_id, 'userId', c.user_id, 'endsAt', e.ends_at)
    order by c.user_id), '[]')
  from private.plus_customers c left join public.entitlements e on e.user_id = c.user_id
  where e.ends_at >= p_since or c.came_at >= p_since);

-- Claims people for a look-up of whom something may have happened that nobody told us: who came to buy within two days and has
-- nothing; and whose Plus is to go on about now, or should have gone on within a month. A store may renew before the end, so they
-- are asked about shortly before it already. The first time after two minutes, later each time after half as long again; any look-up
-- counts, whoever made it. Nothing can happen any more to what was cancelled or given back, and was looked up after its end.
-- No two claimers get the same; what one dies of is due again. Answers a list of ids at RevenueCat.
create function private.claim_due_plus_customers(p_max int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_claimed jsonb;
begin
  with awaited as (
    select user_id, came_at as since from private.plus_customers
    where came_at > v_now - interval '2 days' and not private.has_plus(user_id)
    union all
    select e.user_id, greatest(e.expires_at, e.grace_ends_at, e.resumes_at) - interval '5 minutes' from public.entitlements e
    where greatest(e.expires_at, e.grace_ends_at, e.resumes_at)
      between v_now - interval '30 days' and v_now + interval '5 minutes'
      -- Whom a store cannot charge is unsubscribed by it, until they pay.
      and (e.cancelled_at is null or e.billing_issue_at is not null or e.looked_up_at < e.ends_at)
  ), due as (
    select c.user_id
    from (select user_id, max(since) as since from awaited group by user_id) a
    join private.plus_customers c on c.user_id = a.user_id
    left join public.entitlements e on e.user_id = a.user_id
    cross join lateral (values (greatest(a.since, c.asked_at, e.looked_up_at))) latest (at)
    where v_now >= latest.at + greatest(interval '2 minutes', (latest.at - a.since) / 2)
    order by latest.at limit least(p_max, 100)
    for no key update of c skip locked
  ), claimed as (
    update private.plus_customers c set asked_at = v_now from due where c.user_id = due.user_id
    returning c.customer_id
  )
  select jsonb_agg(customer_id) into v_claimed from claimed;
  return coalesce(v_claimed, '[]');
end $$;

create function public.claim_due_plus_customers(p_max int) returns jsonb language sql volatile set search_path = ''
return private.claim_due_plus_customers(p_max);

revoke all on function private.claim_due_plus_customers, public.claim_due_plus_customers
from public, anon, authenticated, service_role;
grant execute on function private.claim_due_plus_customers, public.claim_due_plus_customers to service_role;
