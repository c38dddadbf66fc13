-- What the payment provider says of a tip. Its events come late, twice and in any order, so an event only makes the server
-- look the tip up; what it found is handed over here. A tip only moves forward, so every order ends the same.

-- Events that were applied. In the transaction that applies them, so that none is lost and none counts twice.
create table private.stripe_events (
  id text primary key,
  type text,
  at timestamptz not null default clock_timestamp()
);
create index stripe_events_at_idx on private.stripe_events using brin (at);
alter table private.stripe_events enable row level security;

-- What was said of a tip and cannot be true of it. A row for each kind of contradiction, with the last time.
create table private.tip_discrepancies (
  -- As it was said: it may be nobody's.
  tip_id uuid not null,
  fields text[] not null,
  event_id text,
  event_type text,
  facts jsonb not null,
  times int not null default 1,
  first_at timestamptz not null default clock_timestamp(),
  last_at timestamptz not null default clock_timestamp(),
  primary key (tip_id, fields)
);
alter table private.tip_discrepancies enable row level security;

-- The fields of the facts that contradict the tip. What decides over money must be there when the tip is said to be paid;
-- else what is null is not known yet.
create function private.tip_contradictions(t public.tips, p_livemode boolean, p_facts jsonb) returns text[]
language sql stable security definer set search_path = ''
as $$
  select array_remove(array[
    case when p_livemode <> t.livemode then 'livemode' end,
    case when f.amount is distinct from t.amount and (f.amount is not null or pays) then 'amount' end,
    case when f.currency is distinct from t.currency and (f.currency is not null or pays) then 'currency' end,
    case when f."feeAmount" is distinct from t.fee_amount and (f."feeAmount" is not null or pays) then 'feeAmount' end,
    case when f.destination is distinct from t.destination and (f.destination is not null or pays) then 'destination' end,
    case when f."refundedAmount" not between 0 and t.amount then 'refundedAmount' end,
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
    "refundedAmount" bigint, "feeRefundedAmount" bigint, "transferReversedAmount" bigint, "stripeFeeAmount" bigint,
    "checkoutId" text, "paymentIntentId" text, "chargeId" text, "paymentStatus" text)
  cross join lateral (values (coalesce(f."paymentStatus" = 'paid', false))) said (pays)
$$;

-- The tip as it is after the facts: each field is the furthest of what was and what is said. It counts as paid when the
-- provider says `paid`, and by nothing else; a refund that is heard of earlier waits for that.
create function private.tip_after(t public.tips, p_facts jsonb) returns public.tips
language plpgsql volatile set search_path = ''
as $$
declare
  f record;
  v_now timestamptz := clock_timestamp();
  v public.tips := t;
begin
  select * into f from jsonb_to_record(p_facts) as f ("checkoutId" text, "checkoutStatus" text, "paymentStatus" text,
    "paymentIntentId" text, "chargeId" text, "refundedAmount" bigint, "feeRefundedAmount" bigint,
    "transferReversedAmount" bigint, "stripeFeeAmount" bigint, "stripeFeeCurrency" text,
    "disputeStatus" public.tip_dispute, failed boolean);
  v.checkout_id := coalesce(t.checkout_id, f."checkoutId");
  v.payment_intent_id := coalesce(t.payment_intent_id, f."paymentIntentId");
  v.refunded_amount := greatest(t.refunded_amount, f."refundedAmount");
  v.fee_refunded_amount := greatest(t.fee_refunded_amount, f."feeRefundedAmount");
  v.transfer_reversed_amount := greatest(t.transfer_reversed_amount, f."transferReversedAmount");
  v.dispute := greatest(t.dispute, f."disputeStatus");
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
    v.status := greatest(v.status, case
      when v.refunded_amount = v.amount then 'refunded'::public.tip_status
      when v.refunded_amount > 0 then 'partly_refunded' end);
    v.paid_at := coalesce(t.paid_at, v_now);
  end if;
  if v.status > 'begun' then v.opened_at := coalesce(t.opened_at, v_now); end if;
  if v.refunded_amount > t.refunded_amount then v.refunded_at := v_now; end if;
  if v.dispute > t.dispute then v.disputed_at := v_now; end if;
  return v;
end $$;

-- What the room hears of a tip that was paid. Who was banned since is not named and says nothing, and who was muted says
-- nothing. With the name goes the person's id, so that those who block them do not see it; without a name there is none.
create function private.tip_received_json(t public.tips) returns jsonb
language sql stable security definer set search_path = ''
return coalesce((
  select jsonb_build_object('giverId', p.id, 'name', p.display_name)
  from public.session_members m join public.profiles p on p.id = m.user_id
  where m.session_id = t.session_id and m.user_id = t.tipper_id and not t.is_anonymous),
  '{"giverId": null, "name": null}'
) || jsonb_build_object(
  'tipId', t.id,
  'amount', case when t.shows_amount then t.amount end,
  'currency', case when t.shows_amount then t.currency end,
  'message', (
    select t.message from public.session_members m
    where m.session_id = t.session_id and m.user_id = t.tipper_id and coalesce(m.muted_until <= now(), true)),
  'at', private.to_ms(t.paid_at));

-- Applies what was found when a tip was looked up, because of an event or without one (p_event_id null: a page that was
-- returned to, a reconciliation). p_facts: {tipId, checkoutId, checkoutStatus, paymentStatus, paymentIntentId, chargeId,
-- amount, currency, feeAmount, destination, refundedAmount, feeRefundedAmount, transferReversedAmount, stripeFeeAmount,
-- stripeFeeCurrency, disputeStatus, failed, lookedUpAt}; all but tipId may be null.
-- Answers {outcome: 'applied' | 'unchanged', tipId, sessionId, status, dispute} and, where the room was told, `envelope`;
-- {outcome: 'repeated'} for an event that was applied before; {outcome: 'ignored'} for a page that is not the tip's and that
-- nobody paid: an answer was lost for good, and the next attempt made another page; {outcome: 'refused', code: 'tip_mismatch',
-- fields} for what cannot be true of the tip: that is written down, and nothing else changes.
create function private.apply_tip_facts(p_livemode boolean, p_facts jsonb, p_event_id text, p_event_type text) returns jsonb
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

  v_to := private.tip_after(v_from, p_facts);
  update public.tips set
    status = v_to.status, dispute = v_to.dispute, refunded_amount = v_to.refunded_amount,
    fee_refunded_amount = v_to.fee_refunded_amount, transfer_reversed_amount = v_to.transfer_reversed_amount,
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

create function public.apply_tip_facts(p_livemode boolean, p_facts jsonb, p_event_id text default null, p_event_type text default null) returns jsonb language sql volatile set search_path = ''
return private.apply_tip_facts(p_livemode, p_facts, p_event_id, p_event_type);

revoke all on function
  private.tip_contradictions, private.tip_after, private.tip_received_json, private.apply_tip_facts,
  public.apply_tip_facts
from public, anon, authenticated, service_role;
grant execute on function public.apply_tip_facts, private.apply_tip_facts to service_role;
