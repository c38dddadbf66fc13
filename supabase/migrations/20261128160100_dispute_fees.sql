-- What the provider charges the platform for a dispute, besides what the bank takes. It may give some of it back where the dispute is
-- won, by what it agreed with the platform and where: so both are what the provider says of its balance.

alter table private.tip_disputes
  add column fee_amount bigint not null default 0 check (fee_amount >= 0),
  add column fee_returned_amount bigint not null default 0 check (fee_returned_amount >= 0),
  -- In which the platform settles; null where there was no fee.
  add column fee_currency text;

-- Of all disputes together. Neither ever shrinks.
alter table public.tips
  add column dispute_fee_amount bigint not null default 0 check (dispute_fee_amount >= 0),
  add column dispute_fee_returned_amount bigint not null default 0 check (dispute_fee_returned_amount >= 0),
  add column dispute_fee_currency text,
  add constraint tips_dispute_fee_currency_check check (
    dispute_fee_currency is not null or dispute_fee_amount = 0 and dispute_fee_returned_amount = 0);

alter table private.ledger_transactions
  drop constraint ledger_transactions_cause_check,
  add constraint ledger_transactions_cause_check check (cause in ('paid', 'stripe_fee', 'refunded', 'refund_failed',
    'dispute_opened', 'dispute_won', 'dispute_lost', 'dispute_fee', 'dispute_fee_returned'));

-- As before, with what disputes cost.
create or replace function private.tip_balances(t public.tips) returns table (account text, currency text, amount bigint)
language sql immutable set search_path = ''
as $$
  select b.account, b.currency, b.amount
  from (values (t.amount - t.refunded_amount, t.amount - t.transfer_reversed_amount, t.fee_amount - t.fee_refunded_amount,
    t.disputed_amount - t.dispute_won_amount - t.dispute_lost_amount)) kept (amount, transfer, fee, disputed)
  cross join lateral (values
    ('listeners', t.currency, t.dispute_lost_amount - kept.amount),
    ('dj', t.currency, kept.transfer - kept.fee),
    ('platform', t.currency, kept.fee + kept.amount - kept.transfer - kept.disputed - t.dispute_lost_amount),
    ('disputes', t.currency, kept.disputed),
    ('platform', t.stripe_fee_currency, -t.stripe_fee_amount),
    ('stripe_fees', t.stripe_fee_currency, t.stripe_fee_amount),
    ('platform', t.dispute_fee_currency, t.dispute_fee_returned_amount - t.dispute_fee_amount),
    ('stripe_fees', t.dispute_fee_currency, t.dispute_fee_amount - t.dispute_fee_returned_amount)
  ) b (account, currency, amount)
  where t.status >= 'paid' and b.amount <> 0
$$;

-- As before, with what disputes cost and what of it came back.
create or replace function private.post_changes(p_from public.tips, p_to public.tips) returns void
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
    v_from.refund_failed_amount := 0;
    v_from.fee_refunded_amount := 0;
    v_from.transfer_reversed_amount := 0;
    v_from.disputed_amount := 0;
    v_from.dispute_won_amount := 0;
    v_from.dispute_lost_amount := 0;
    v_from.dispute_fee_amount := 0;
    v_from.dispute_fee_returned_amount := 0;
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
  v_to.refunded_amount := p_to.refunded_amount + p_to.refund_failed_amount - v_from.refund_failed_amount;
  v_to.fee_refunded_amount := p_to.fee_refunded_amount;
  v_to.transfer_reversed_amount := p_to.transfer_reversed_amount;
  perform private.post_step('refunded', p_to.refunded_amount + p_to.refund_failed_amount + p_to.fee_refunded_amount
    + p_to.transfer_reversed_amount, v_from, v_to);
  v_from := v_to;
  v_to.refunded_amount := p_to.refunded_amount;
  v_to.refund_failed_amount := p_to.refund_failed_amount;
  perform private.post_step('refund_failed', v_to.refund_failed_amount, v_from, v_to);
  v_from := v_to;
  v_to.disputed_amount := p_to.disputed_amount;
  perform private.post_step('dispute_opened', v_to.disputed_amount, v_from, v_to);
  v_from := v_to;
  v_to.dispute_won_amount := p_to.dispute_won_amount;
  perform private.post_step('dispute_won', v_to.dispute_won_amount, v_from, v_to);
  v_from := v_to;
  v_to.dispute_lost_amount := p_to.dispute_lost_amount;
  perform private.post_step('dispute_lost', v_to.dispute_lost_amount, v_from, v_to);
  v_from := v_to;
  v_to.dispute_fee_amount := p_to.dispute_fee_amount;
  v_to.dispute_fee_currency := p_to.dispute_fee_currency;
  perform private.post_step('dispute_fee', v_to.dispute_fee_amount, v_from, v_to);
  v_from := v_to;
  v_to.dispute_fee_returned_amount := p_to.dispute_fee_returned_amount;
  perform private.post_step('dispute_fee_returned', v_to.dispute_fee_returned_amount, v_from, v_to);
end $$;

-- As before; the fees for the disputes of a tip are in one currency.
create or replace function private.tip_contradictions(t public.tips, p_livemode boolean, p_facts jsonb) returns text[]
language sql stable security definer set search_path = ''
as $$
  select array_remove(array[
    case when p_livemode <> t.livemode then 'livemode' end,
    case when f.amount is distinct from t.amount and (f.amount is not null or pays) then 'amount' end,
    case when f.currency is distinct from t.currency and (f.currency is not null or pays) then 'currency' end,
    case when f."feeAmount" is distinct from t.fee_amount and (f."feeAmount" is not null or pays) then 'feeAmount' end,
    case when f.destination is distinct from t.destination and (f.destination is not null or pays) then 'destination' end,
    case when exists (select from jsonb_to_recordset(f.refunds) as r (amount bigint) where r.amount <= 0) or t.amount < (
      select sum(r.amount) from jsonb_to_recordset(f.refunds) as r (amount bigint, "hasFailed" boolean)
      where not r."hasFailed") then 'refunds' end,
    case when exists (
      select from jsonb_to_recordset(f.disputes) as d (amount bigint, currency text)
      where d.amount <= 0 or d.currency <> t.currency) or 1 < (
      select count(distinct fee.currency) from (
        select k.currency from jsonb_to_recordset(f.disputes) as d (fees jsonb)
        cross join lateral jsonb_to_recordset(d.fees) as k (currency text)
        union all select t.dispute_fee_currency) fee) then 'disputes' end,
    case when f."feeRefundedAmount" not between 0 and t.fee_amount then 'feeRefundedAmount' end,
    case when f."transferReversedAmount" not between 0 and t.amount then 'transferReversedAmount' end,
    case when f."stripeFeeAmount" < 0 then 'stripeFeeAmount' end,
    case when f."checkoutId" <> t.checkout_id
      or exists (select from public.tips o where o.checkout_id = f."checkoutId" and o.id <> t.id) then 'checkoutId' end,
    case when f."paymentIntentId" <> t.payment_intent_id
      or exists (select from public.tips o where o.payment_intent_id = f."paymentIntentId" and o.id <> t.id)
      then 'paymentIntentId' end,
    -- Before it is paid, a charge is an attempt of several.
    case when pays and (f."chargeId" <> t.charge_id
      or exists (select from public.tips o where o.charge_id = f."chargeId" and o.id <> t.id)) then 'chargeId' end
  ], null)
  from jsonb_to_record(p_facts) as f (amount bigint, currency text, "feeAmount" bigint, destination text,
    refunds jsonb, disputes jsonb, "feeRefundedAmount" bigint, "transferReversedAmount" bigint, "stripeFeeAmount" bigint,
    "checkoutId" text, "paymentIntentId" text, "chargeId" text, "paymentStatus" text)
  cross join lateral (values (coalesce(f."paymentStatus" = 'paid', false))) said (pays)
$$;

-- As before, with the fees for each dispute: below nothing is what was given back.
create or replace function private.keep_refunds_and_disputes(p_tip_id uuid, p_facts jsonb) returns void
language sql security definer set search_path = ''
as $$
  insert into private.tip_refunds as k (tip_id, id, amount, has_failed)
  select p_tip_id, r.id, r.amount, r."hasFailed"
  from jsonb_to_recordset(nullif(p_facts -> 'refunds', 'null')) as r (id text, amount bigint, "hasFailed" boolean)
  on conflict (tip_id, id) do update set has_failed = k.has_failed or excluded.has_failed;
  insert into private.tip_disputes as k (tip_id, id, amount, status, fee_amount, fee_returned_amount, fee_currency)
  select p_tip_id, d.id, d.amount, d.status, fee.charged, fee.returned, fee.currency
  from jsonb_to_recordset(nullif(p_facts -> 'disputes', 'null'))
    as d (id text, amount bigint, status public.tip_dispute, fees jsonb)
  cross join lateral (
    select coalesce(sum(greatest(f.amount, 0)), 0) as charged, coalesce(-sum(least(f.amount, 0)), 0) as returned,
      min(f.currency) as currency
    from jsonb_to_recordset(d.fees) as f (amount bigint, currency text)) fee
  on conflict (tip_id, id) do update set
    amount = greatest(k.amount, excluded.amount), status = greatest(k.status, excluded.status),
    fee_amount = greatest(k.fee_amount, excluded.fee_amount),
    fee_returned_amount = greatest(k.fee_returned_amount, excluded.fee_returned_amount),
    fee_currency = coalesce(k.fee_currency, excluded.fee_currency);
$$;

-- As before, with what disputes cost.
create or replace function private.tip_after(t public.tips, p_facts jsonb) returns public.tips
language plpgsql volatile set search_path = ''
as $$
declare
  f record;
  r record;
  d record;
  v_now timestamptz := clock_timestamp();
  v public.tips := t;
begin
  select * into f from jsonb_to_record(p_facts) as f ("checkoutId" text, "checkoutStatus" text, "paymentStatus" text,
    "paymentIntentId" text, "chargeId" text, "feeRefundedAmount" bigint, "transferReversedAmount" bigint,
    "stripeFeeAmount" bigint, "stripeFeeCurrency" text, failed boolean);
  select count(*) as count, coalesce(sum(amount) filter (where not has_failed), 0) as kept,
    coalesce(sum(amount) filter (where has_failed), 0) as failed
  into r from private.tip_refunds where tip_id = t.id;
  select count(*) as count, coalesce(sum(amount), 0) as total, coalesce(sum(amount) filter (where status = 'won'), 0) as won,
    coalesce(sum(amount) filter (where status = 'lost'), 0) as lost, bool_or(status = 'open') as is_open,
    sum(fee_amount) as fee, sum(fee_returned_amount) as fee_returned, min(fee_currency) as fee_currency
  into d from private.tip_disputes where tip_id = t.id;
  v.checkout_id := coalesce(t.checkout_id, f."checkoutId");
  v.payment_intent_id := coalesce(t.payment_intent_id, f."paymentIntentId");
  if r.count > 0 then
    v.refunded_amount := r.kept;
    v.refund_failed_amount := r.failed;
  end if;
  v.fee_refunded_amount := greatest(t.fee_refunded_amount, f."feeRefundedAmount");
  v.transfer_reversed_amount := greatest(t.transfer_reversed_amount, f."transferReversedAmount");
  if d.count > 0 then
    v.disputed_amount := d.total;
    v.dispute_won_amount := d.won;
    v.dispute_lost_amount := d.lost;
    v.dispute_fee_amount := d.fee;
    v.dispute_fee_returned_amount := d.fee_returned;
    v.dispute_fee_currency := d.fee_currency;
    v.dispute := case when d.is_open then 'open'::public.tip_dispute when d.lost > 0 then 'lost' else 'won' end;
  end if;
  v.stripe_fee_amount := greatest(t.stripe_fee_amount, f."stripeFeeAmount");
  if v.stripe_fee_amount is not null then
    v.stripe_fee_currency := coalesce(t.stripe_fee_currency, f."stripeFeeCurrency", t.currency);
  end if;
  v.status := greatest(t.status, case
    when f."paymentStatus" = 'paid' then 'paid'::public.tip_status
    when f.failed then 'failed'
    when f."checkoutStatus" = 'expired' then 'expired'
    when v.checkout_id is not null then 'open' end);
  if v.status >= 'paid' then
    v.charge_id := coalesce(t.charge_id, f."chargeId");
    v.status := case
      when v.refunded_amount = v.amount then 'refunded'::public.tip_status
      when v.refunded_amount > 0 then 'partly_refunded'
      else 'paid' end;
    v.paid_at := coalesce(t.paid_at, v_now);
  end if;
  if v.status > 'begun' then v.opened_at := coalesce(t.opened_at, v_now); end if;
  if v.refunded_amount = 0 then v.refunded_at := null;
  elsif v.refunded_amount > t.refunded_amount then v.refunded_at := v_now; end if;
  if v.disputed_amount > t.disputed_amount or v.dispute <> t.dispute then v.disputed_at := v_now; end if;
  return v;
end $$;

-- As before. p_facts: {tipId, checkoutId, checkoutStatus, paymentStatus, paymentIntentId, chargeId, amount, currency, feeAmount,
-- destination, refunds: [{id, amount, hasFailed}], feeRefundedAmount, transferReversedAmount, stripeFeeAmount, stripeFeeCurrency,
-- disputes: [{id, amount, currency, status, fees: [{amount, currency}]}], failed, lookedUpAt}; all but tipId may be null.
create or replace function private.apply_tip_facts(p_livemode boolean, p_facts jsonb, p_event_id text, p_event_type text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_tip_id uuid := (p_facts ->> 'tipId')::uuid;
  v_session public.dj_sessions;
  v_from public.tips;
  v_to public.tips;
  v_contradictions text[];
  v_envelope jsonb;
begin
  if v_tip_id is null or p_livemode is null then perform private.refuse('invalid_input', '{"field": "facts"}'); end if;
  if p_event_id is not null then
    insert into private.stripe_events (id, type) values (p_event_id, p_event_type) on conflict do nothing;
    if not found then return '{"outcome": "repeated"}'; end if;
  end if;

  -- The session before what belongs to it, as everywhere: nobody waits in a circle.
  select s.* into v_session from public.dj_sessions s
  where s.id = (select session_id from public.tips where id = v_tip_id) for no key update;
  select * into v_from from public.tips where id = v_tip_id for no key update;
  if p_facts ->> 'checkoutId' <> v_from.checkout_id and p_facts ->> 'paymentStatus' is distinct from 'paid' then
    return '{"outcome": "ignored"}';
  end if;
  v_contradictions := case when v_from.id is null then array['tipId']
    else private.tip_contradictions(v_from, p_livemode, p_facts) end;
  if cardinality(v_contradictions) > 0 then
    insert into private.tip_discrepancies as d (tip_id, fields, event_id, event_type, facts)
    values (v_tip_id, v_contradictions, p_event_id, p_event_type, p_facts)
    on conflict (tip_id, fields) do update set times = d.times + 1, last_at = excluded.last_at,
      event_id = excluded.event_id, event_type = excluded.event_type, facts = excluded.facts;
    return jsonb_build_object('outcome', 'refused', 'code', 'tip_mismatch', 'fields', v_contradictions);
  end if;

  perform private.keep_refunds_and_disputes(v_tip_id, p_facts);
  v_to := private.tip_after(v_from, p_facts);
  update public.tips set
    status = v_to.status, dispute = v_to.dispute, refunded_amount = v_to.refunded_amount,
    refund_failed_amount = v_to.refund_failed_amount, fee_refunded_amount = v_to.fee_refunded_amount,
    transfer_reversed_amount = v_to.transfer_reversed_amount, disputed_amount = v_to.disputed_amount,
    dispute_won_amount = v_to.dispute_won_amount, dispute_lost_amount = v_to.dispute_lost_amount,
    dispute_fee_amount = v_to.dispute_fee_amount, dispute_fee_returned_amount = v_to.dispute_fee_returned_amount,
    dispute_fee_currency = v_to.dispute_fee_currency,
    stripe_fee_amount = v_to.stripe_fee_amount, stripe_fee_currency = v_to.stripe_fee_currency, checkout_id = v_to.checkout_id,
    payment_intent_id = v_to.payment_intent_id, charge_id = v_to.charge_id, opened_at = v_to.opened_at,
    paid_at = v_to.paid_at, refunded_at = v_to.refunded_at, disputed_at = v_to.disputed_at,
    looked_up_at = greatest(looked_up_at, to_timestamp((p_facts ->> 'lookedUpAt')::bigint / 1000.0))
  where id = v_tip_id;
  perform private.post_changes(v_from, v_to);

  -- The room hears of the first payment, while it is there, and unless the tip is given back already; and, after each change, of
  -- what its tips come to.
  if v_session.status = 'live' and v_to.status >= 'paid' and v_to is distinct from v_from then
    if v_from.status < 'paid' and v_to.status < 'refunded' then
      -- By nobody: the name is in the payload, where it may be known.
      perform private.append_event(v_session.id, 'tip.received', private.tip_received_json(v_to), null, null);
    end if;
    v_envelope := private.envelope(v_session.id, v_session.seq, private.tip_state_json(v_session.id));
    perform private.send(v_session.id, v_envelope);
  end if;
  return case when v_envelope is null then '{}' else jsonb_build_object('envelope', v_envelope) end
    || jsonb_build_object('outcome', case when v_to is distinct from v_from then 'applied' else 'unchanged' end,
      'tipId', v_tip_id, 'sessionId', v_to.session_id, 'status', v_to.status, 'dispute', v_to.dispute);
end $$;
