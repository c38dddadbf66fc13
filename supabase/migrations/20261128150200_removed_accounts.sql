-- Accounts that are no more at the provider: its owner or the platform has removed it there. It is remembered, since the word comes
-- from whoever does not see it, which may also be a wrong key: the next look-up that sees it has it back.

alter table public.dj_payment_accounts add column is_removed boolean not null default false;

-- As before, with whether it is removed.
create or replace function private.payment_account(p_user_id uuid) returns jsonb
language sql stable security definer set search_path = ''
return (
  select jsonb_build_object('accountId', account_id, 'livemode', livemode, 'chargesEnabled', charges_enabled,
    'payoutsEnabled', payouts_enabled, 'detailsSubmitted', details_submitted, 'requirementsDue', requirements_due,
    'disabledReason', disabled_reason, 'lookedUpAt', private.to_ms(looked_up_at), 'isRemoved', is_removed)
  from public.dj_payment_accounts where user_id = p_user_id);

-- As before; one that was removed gives way to another one, too.
create or replace function private.remember_payment_account(p_user_id uuid, p_account_id text, p_livemode boolean) returns jsonb
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
    disabled_reason = null, looked_up_at = null, is_removed = false
  where a.livemode <> excluded.livemode or a.is_removed and a.account_id <> excluded.account_id;
  return private.payment_account(p_user_id);
end $$;

-- As before; one that was looked up is there.
create or replace function private.apply_payment_account(p_account_id text, p_livemode boolean, p_facts jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  update public.dj_payment_accounts a set
    charges_enabled = f."chargesEnabled", payouts_enabled = f."payoutsEnabled",
    details_submitted = f."detailsSubmitted", requirements_due = coalesce(f."requirementsDue", '{}'),
    disabled_reason = f."disabledReason", looked_up_at = to_timestamp(f."lookedUpAt" / 1000.0), is_removed = false
  from jsonb_to_record(p_facts) as f ("chargesEnabled" boolean, "payoutsEnabled" boolean, "detailsSubmitted" boolean,
    "requirementsDue" text[], "disabledReason" text, "lookedUpAt" bigint)
  where a.account_id = p_account_id and a.livemode = p_livemode
    and (a.looked_up_at is null or a.looked_up_at < to_timestamp(f."lookedUpAt" / 1000.0));
  return jsonb_build_object('applied', found);
end $$;

-- It takes no tips any more, and its owner may set up another one. The newest look-up wins here too.
create function private.forget_payment_account(p_account_id text, p_livemode boolean, p_looked_up_at bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  update public.dj_payment_accounts set
    charges_enabled = false, payouts_enabled = false, details_submitted = false, requirements_due = '{}',
    disabled_reason = null, looked_up_at = to_timestamp(p_looked_up_at / 1000.0), is_removed = true
  where account_id = p_account_id and livemode = p_livemode
    and (looked_up_at is null or looked_up_at < to_timestamp(p_looked_up_at / 1000.0));
  return jsonb_build_object('applied', found);
end $$;

create function public.forget_payment_account(p_account_id text, p_livemode boolean, p_looked_up_at bigint) returns jsonb language sql volatile set search_path = ''
return private.forget_payment_account(p_account_id, p_livemode, p_looked_up_at);

revoke all on function private.forget_payment_account, public.forget_payment_account
from public, anon, authenticated, service_role;
grant execute on function private.forget_payment_account, public.forget_payment_account to service_role;
