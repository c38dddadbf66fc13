-- The books: each change of a tip's money is a transaction of signed entries that add up to nothing. Written once, never
-- changed, also not when somebody leaves: whose money it was is known through the tip alone.

create table private.ledger_transactions (
  id bigint generated always as identity primary key,
  tip_id uuid not null references public.tips,
  cause text not null check (
    cause in ('paid', 'stripe_fee', 'refunded', 'dispute_opened', 'dispute_won', 'dispute_lost')),
  -- How much of the cause there was after it (of refunds: the tip's, the fee's and the transfer's together), so that nothing is
  -- posted twice.
  cumulative bigint not null check (cumulative >= 0),
  at timestamptz not null default clock_timestamp(),
  unique (tip_id, cause, cumulative)
);
alter table private.ledger_transactions enable row level security;

create table private.ledger_entries (
  transaction_id bigint not null references private.ledger_transactions,
  account text not null check (account in ('listeners', 'dj', 'platform', 'stripe_fees', 'disputes')),
  currency text not null,
  -- What the account gets; negative: gives.
  amount bigint not null check (amount <> 0),
  primary key (transaction_id, account, currency)
);
alter table private.ledger_entries enable row level security;

-- Guards -------------------------------------------------------------------------------------------------------------
create function private.refuse_rewriting() returns trigger
language plpgsql set search_path = ''
as $$
begin
  raise exception 'the ledger is append-only' using errcode = 'restrict_violation';
end $$;
create trigger refuse_rewriting before update or delete or truncate on private.ledger_transactions
  for each statement execute function private.refuse_rewriting();
create trigger refuse_rewriting before update or delete or truncate on private.ledger_entries
  for each statement execute function private.refuse_rewriting();

-- Looked at when the database transaction ends, so that entries may come one by one.
create function private.refuse_unbalanced() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if exists (
    select from private.ledger_entries where transaction_id = new.transaction_id
    group by currency having sum(amount) <> 0) then
    raise exception 'ledger transaction % is not balanced', new.transaction_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger refuse_unbalanced after insert on private.ledger_entries
  deferrable initially deferred for each row execute function private.refuse_unbalanced();

-- Posting ------------------------------------------------------------------------------------------------------------
-- What a tip as it stands has moved in all. The listener pays the DJ and, out of it, the platform; the platform pays the
-- provider's fee. A refund is paid by the platform, which may take it back from the DJ (a transfer that is reversed) and may
-- give its fee back to them: both are the provider's word, since in its dashboard each is a choice. What is left of a disputed
-- tip the provider takes from the platform: it lies in `disputes` until the dispute is won, or goes back to the listener.
create function private.tip_balances(t public.tips) returns table (account text, currency text, amount bigint)
language sql immutable set search_path = ''
as $$
  select b.account, b.currency, b.amount
  from (values (t.amount - t.refunded_amount, t.amount - t.transfer_reversed_amount, t.fee_amount - t.fee_refunded_amount))
    kept (amount, transfer, fee)
  cross join lateral (values
    ('listeners', t.currency, -kept.amount + case when t.dispute = 'lost' then kept.amount else 0 end),
    ('dj', t.currency, kept.transfer - kept.fee),
    ('platform', t.currency,
      kept.fee + kept.amount - kept.transfer - case when t.dispute in ('open', 'lost') then kept.amount else 0 end),
    ('disputes', t.currency, case when t.dispute = 'open' then kept.amount else 0 end),
    ('platform', t.stripe_fee_currency, -t.stripe_fee_amount),
    ('stripe_fees', t.stripe_fee_currency, t.stripe_fee_amount)
  ) b (account, currency, amount)
  where t.status >= 'paid' and b.amount <> 0
$$;

-- One step from a tip as the books know it to how it is then. No difference, no transaction.
create function private.post_step(p_cause text, p_cumulative bigint, p_from public.tips, p_to public.tips) returns void
language sql security definer set search_path = ''
as $$
  with differences as (
    select account, currency, sum(amount)::bigint as amount
    from (
      select account, currency, amount from private.tip_balances(p_to)
      union all
      select account, currency, -amount from private.tip_balances(p_from)
    ) b
    group by account, currency having sum(amount) <> 0
  ), posted as (
    insert into private.ledger_transactions (tip_id, cause, cumulative)
    select p_to.id, p_cause, p_cumulative where exists (select from differences)
    returning id
  )
  insert into private.ledger_entries (transaction_id, account, currency, amount)
  select posted.id, account, currency, amount from posted, differences
$$;

-- Posts what changed, cause by cause. Nothing counts before the payment; what was known earlier counts right after it.
create function private.post_changes(p_from public.tips, p_to public.tips) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_from public.tips := p_from;
  v_to public.tips;
begin
  if p_to.status < 'paid' then return; end if;
  if p_from.status < 'paid' then
    v_from.stripe_fee_amount := null;
    v_from.refunded_amount := 0;
    v_from.fee_refunded_amount := 0;
    v_from.transfer_reversed_amount := 0;
    v_from.dispute := 'none';
    v_to := v_from;
    v_to.status := 'paid';
    perform private.post_step('paid', v_to.amount, v_from, v_to);
    v_from := v_to;
  end if;
  v_to := v_from;
  v_to.stripe_fee_amount := p_to.stripe_fee_amount;
  v_to.stripe_fee_currency := p_to.stripe_fee_currency;
  perform private.post_step('stripe_fee', v_to.stripe_fee_amount, v_from, v_to);
  v_from := v_to;
  v_to.refunded_amount := p_to.refunded_amount;
  v_to.fee_refunded_amount := p_to.fee_refunded_amount;
  v_to.transfer_reversed_amount := p_to.transfer_reversed_amount;
  perform private.post_step('refunded',
    v_to.refunded_amount + v_to.fee_refunded_amount + v_to.transfer_reversed_amount, v_from, v_to);
  v_from := v_to;
  if v_from.dispute = 'none' and p_to.dispute <> 'none' then
    v_to.dispute := 'open';
    perform private.post_step('dispute_opened', 0, v_from, v_to);
    v_from := v_to;
  end if;
  if v_from.dispute <> p_to.dispute then
    v_to.dispute := p_to.dispute;
    perform private.post_step('dispute_' || p_to.dispute::text, 0, v_from, v_to);
  end if;
end $$;

revoke all on function
  private.refuse_rewriting, private.refuse_unbalanced, private.tip_balances, private.post_step, private.post_changes
from public, anon, authenticated, service_role;
