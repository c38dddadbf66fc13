-- Where a DJ's tips go: their account at the payment provider (Stripe Connect), and what the provider said of it last.

create table public.dj_payment_accounts (
  user_id uuid primary key references public.profiles on delete cascade,
  -- The provider's id. For the server alone.
  account_id text not null unique check (char_length(account_id) between 1 and 100),
  livemode boolean not null,
  charges_enabled boolean not null default false,
  payouts_enabled boolean not null default false,
  details_submitted boolean not null default false,
  -- The provider's names of what is missing.
  requirements_due text[] not null default '{}',
  disabled_reason text,
  -- When the server asked the provider; null before the first time.
  looked_up_at timestamptz
);
alter table public.dj_payment_accounts enable row level security;
create policy "People see the state of their own account" on public.dj_payment_accounts
  for select to authenticated using (user_id = (select auth.uid()));
revoke all on public.dj_payment_accounts from service_role;
grant select (user_id, livemode, charges_enabled, payouts_enabled, details_submitted, requirements_due, disabled_reason,
  looked_up_at) on public.dj_payment_accounts to authenticated;
grant select on public.dj_payment_accounts to service_role;

-- Others learn nothing but this.
create function private.can_be_tipped(p_user_id uuid) returns boolean
language sql stable security definer set search_path = ''
return exists (select from public.dj_payment_accounts where user_id = p_user_id and charges_enabled);

-- For the server -----------------------------------------------------------------------------------------------------
-- Null where the person has none.
create function private.payment_account(p_user_id uuid) returns jsonb
language sql stable security definer set search_path = ''
return (
  select jsonb_build_object('accountId', account_id, 'livemode', livemode, 'chargesEnabled', charges_enabled,
    'payoutsEnabled', payouts_enabled, 'detailsSubmitted', details_submitted, 'requirementsDue', requirements_due,
    'disabledReason', disabled_reason, 'lookedUpAt', private.to_ms(looked_up_at))
  from public.dj_payment_accounts where user_id = p_user_id);

-- Keeps the account that was made for somebody, and answers the one that counts: of two that were made at the same moment
-- the first. One of the test mode gives way to one of the live mode, and the other way round. Guests have none: they
-- could lose it with their browser.
create function private.remember_payment_account(p_user_id uuid, p_account_id text, p_livemode boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  if not exists (select from public.profiles where id = p_user_id and not is_guest) then
    perform private.refuse('not_allowed');
  end if;
  insert into public.dj_payment_accounts as a (user_id, account_id, livemode)
  values (p_user_id, p_account_id, p_livemode)
  on conflict (user_id) do update set account_id = excluded.account_id, livemode = excluded.livemode,
    charges_enabled = false, payouts_enabled = false, details_submitted = false, requirements_due = '{}',
    disabled_reason = null, looked_up_at = null
  where a.livemode <> excluded.livemode;
  return private.payment_account(p_user_id);
end $$;

-- p_facts: {chargesEnabled, payoutsEnabled, detailsSubmitted, requirementsDue, disabledReason, lookedUpAt}. The newest
-- look-up wins, in whatever order they come.
create function private.apply_payment_account(p_account_id text, p_livemode boolean, p_facts jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  update public.dj_payment_accounts a set
    charges_enabled = f."chargesEnabled", payouts_enabled = f."payoutsEnabled",
    details_submitted = f."detailsSubmitted", requirements_due = coalesce(f."requirementsDue", '{}'),
    disabled_reason = f."disabledReason", looked_up_at = to_timestamp(f."lookedUpAt" / 1000.0)
  from jsonb_to_record(p_facts) as f ("chargesEnabled" boolean, "payoutsEnabled" boolean, "detailsSubmitted" boolean,
    "requirementsDue" text[], "disabledReason" text, "lookedUpAt" bigint)
  where a.account_id = p_account_id and a.livemode = p_livemode
    and (a.looked_up_at is null or a.looked_up_at < to_timestamp(f."lookedUpAt" / 1000.0));
  return jsonb_build_object('applied', found);
end $$;

-- The API ------------------------------------------------------------------------------------------------------------
create function public.can_be_tipped(p_user_id uuid) returns boolean language sql stable set search_path = ''
return private.can_be_tipped(p_user_id);

create function public.payment_account(p_user_id uuid) returns jsonb language sql stable set search_path = ''
return private.payment_account(p_user_id);

create function public.remember_payment_account(p_user_id uuid, p_account_id text, p_livemode boolean) returns jsonb language sql volatile set search_path = ''
return private.remember_payment_account(p_user_id, p_account_id, p_livemode);

create function public.apply_payment_account(p_account_id text, p_livemode boolean, p_facts jsonb) returns jsonb language sql volatile set search_path = ''
return private.apply_payment_account(p_account_id, p_livemode, p_facts);

revoke all on function
  private.can_be_tipped, private.payment_account, private.remember_payment_account, private.apply_payment_account,
  public.can_be_tipped, public.payment_account, public.remember_payment_account, public.apply_payment_account
from public, anon, authenticated, service_role;
grant execute on function public.can_be_tipped, private.can_be_tipped to authenticated;
grant execute on function
  public.payment_account, public.remember_payment_account, public.apply_payment_account,
  private.payment_account, private.remember_payment_account, private.apply_payment_account
to service_role;
