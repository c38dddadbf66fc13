-- Where an operator goes from the test mode to the live one, the accounts of the other mode take no tips: nobody is offered
-- what would be refused, and the DJ is told to set tips up.
drop function public.can_be_tipped(uuid);
drop function private.can_be_tipped(uuid);

create function private.can_be_tipped(p_user_id uuid, p_livemode boolean) returns boolean
language sql stable security definer set search_path = ''
return exists (
  select from public.dj_payment_accounts where user_id = p_user_id and livemode = p_livemode and charges_enabled);

create function public.can_be_tipped(p_user_id uuid, p_livemode boolean) returns boolean language sql stable set search_path = ''
return private.can_be_tipped(p_user_id, p_livemode);

revoke all on function private.can_be_tipped, public.can_be_tipped from public, anon, authenticated, service_role;
grant execute on function private.can_be_tipped, public.can_be_tipped to authenticated;

-- As before, one after the other: `on conflict` looks after one index alone, and two that come with the same account at the same
-- moment met in that of the accounts.
create or replace function private.remember_payment_account(p_user_id uuid, p_account_id text, p_livemode boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform from public.profiles where id = p_user_id and not is_guest for no key update;
  if not found then perform private.refuse('not_allowed'); end if;
  insert into public.dj_payment_accounts as a (user_id, account_id, livemode)
  values (p_user_id, p_account_id, p_livemode)
  on conflict (user_id) do update set account_id = excluded.account_id, livemode = excluded.livemode,
    charges_enabled = false, payouts_enabled = false, details_submitted = false, requirements_due = '{}',
    disabled_reason = null, looked_up_at = null, is_removed = false
  where a.livemode <> excluded.livemode or a.is_removed and a.account_id <> excluded.account_id;
  return private.payment_account(p_user_id);
end $$;

-- As before, and RevenueCat's notifications: they say whom to look up, which is of now whenever it is done.
create or replace function private.tidy_up() returns int
language plpgsql security definer set search_path = ''
as $$
declare
  v_counters int;
  v_commands int;
  v_reports int;
  v_signs int;
  v_events int;
  v_notifications int;
begin
  delete from private.rate_counters where window_started_at < now() - interval '2 hours';
  get diagnostics v_counters = row_count;
  delete from private.session_commands where at < now() - interval '1 day';
  get diagnostics v_commands = row_count;
  delete from private.listening_reports where reported_at < now() - interval '1 hour';
  get diagnostics v_reports = row_count;
  delete from private.signs_of_life where counts_until < now() - interval '1 hour';
  get diagnostics v_signs = row_count;
  delete from private.stripe_events where at < now() - interval '30 days';
  get diagnostics v_events = row_count;
  delete from private.revenuecat_events where at < now() - interval '30 days';
  get diagnostics v_notifications = row_count;
  return v_counters + v_commands + v_reports + v_signs + v_events + v_notifications;
end $$;
