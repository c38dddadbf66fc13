-- Tips: a row is written before the provider hears of it, and says what is to be paid, by whom, to whom. What the provider
-- says later is held against it (`apply_tip_facts`).

-- In the order in which a tip moves: it never goes back.
create type public.tip_status as enum ('begun', 'open', 'expired', 'failed', 'paid', 'partly_refunded', 'refunded');
create type public.tip_dispute as enum ('none', 'open', 'won', 'lost');

create table public.tips (
  -- The id of the command that began it; the provider knows the tip by it.
  id uuid primary key,
  -- The books outlive sessions and accounts.
  session_id uuid references public.dj_sessions on delete set null,
  dj_id uuid references public.profiles on delete set null,
  tipper_id uuid references public.profiles on delete set null,
  amount bigint not null check (amount > 0),
  -- No reference: what was paid stays when a currency is no longer offered.
  currency text not null check (currency ~ '^[a-z]{3}$'),
  fee_amount bigint not null check (fee_amount between 0 and amount),
  message text check (char_length(message) between 1 and 200),
  -- Nobody, the DJ included, learns who it was.
  is_anonymous boolean not null,
  -- Whether the room learns how much it was; the DJ does.
  shows_amount boolean not null,
  -- The DJ's account at the provider.
  destination text not null,
  livemode boolean not null,
  status public.tip_status not null default 'begun',
  dispute public.tip_dispute not null default 'none',
  refunded_amount bigint not null default 0 check (refunded_amount between 0 and amount),
  fee_refunded_amount bigint not null default 0 check (fee_refunded_amount between 0 and fee_amount),
  -- What was taken back of it from the DJ: a refund may also be the platform's to pay.
  transfer_reversed_amount bigint not null default 0 check (transfer_reversed_amount between 0 and amount),
  -- What the provider keeps for the payment, in the currency in which it settles; null until it is known.
  stripe_fee_amount bigint check (stripe_fee_amount >= 0),
  stripe_fee_currency text,
  checkout_id text unique,
  payment_intent_id text unique,
  charge_id text unique,
  begun_at timestamptz not null default clock_timestamp(),
  opened_at timestamptz,
  paid_at timestamptz,
  refunded_at timestamptz,
  disputed_at timestamptz,
  looked_up_at timestamptz,
  check ((paid_at is not null) = (status >= 'paid')),
  check ((stripe_fee_amount is null) = (stripe_fee_currency is null))
);
create index tips_session_id_idx on public.tips (session_id);
create index tips_dj_id_idx on public.tips (dj_id, paid_at desc);
create index tips_tipper_id_idx on public.tips (tipper_id, begun_at desc);
alter table public.tips enable row level security;
create policy "People see what they tipped" on public.tips
  for select to authenticated using (tipper_id = (select auth.uid()));
revoke all on public.tips from service_role;
grant select (id, session_id, dj_id, amount, currency, message, is_anonymous, shows_amount, status, refunded_amount,
  begun_at, paid_at) on public.tips to authenticated;
grant select on public.tips to service_role;

-- How often somebody may make the server ask the payment provider, whatever about: it answers only so many questions, and all
-- people share them. Who asks is counted, a repeat too.
create function private.count_provider_request() returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.limit_rate(private.me(), 'payment provider', 60, '1 minute');
  return '{}';
end $$;

-- Begins a tip for the DJ of a session, by anybody in it but the DJ. The message obeys the rules of the chat; a mute is for
-- words, not for money. Answers {commandId, seq, tipId}.
create function private.begin_tip(
  p_session_id uuid, p_command_id uuid, p_amount bigint, p_currency text, p_message text, p_is_anonymous boolean,
  p_shows_amount boolean
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_message text := case when private.clean_line(p_message, 200) <> '' then private.clean_message(p_message) end;
  v_dj_id uuid;
  v_currency public.tip_currencies;
  v_account public.dj_payment_accounts;
begin
  perform private.count_provider_request();
  c := private.open_command(p_session_id, p_command_id, 'tip.begin', 'react',
    jsonb_build_array(p_amount, p_currency, p_message, p_is_anonymous, p_shows_amount));
  if c.done then return private.acknowledge(c) || jsonb_build_object('tipId', c.command_id); end if;
  perform private.limit_rate(c.me, 'tip', 10, '10 minutes');
  if c.is_newcomer then perform private.limit_rate(c.session_id, 'newcomers tip', 60, '10 minutes'); end if;
  if char_length(v_message) > 200 then perform private.refuse('invalid_input', '{"field": "message"}'); end if;
  if v_message is not null and c.muted_until > now() then
    perform private.refuse('muted', jsonb_build_object('retryAfterInMs',
      case when isfinite(c.muted_until) then private.to_ms(c.muted_until) - private.now_ms() end));
  end if;
  select * into v_currency from public.tip_currencies where code = p_currency;
  if v_currency.code is null then perform private.refuse('invalid_input', '{"field": "currency"}'); end if;
  if p_amount is null or p_amount not between v_currency.min_amount and v_currency.max_amount then
    perform private.refuse('invalid_input', '{"field": "amount"}');
  end if;
  select dj_id into v_dj_id from public.dj_sessions where id = c.session_id;
  if v_dj_id = c.me then perform private.refuse('not_allowed'); end if;
  select * into v_account from public.dj_payment_accounts where user_id = v_dj_id and charges_enabled;
  if v_account.user_id is null then perform private.refuse('tips_off'); end if;
  insert into public.tips (id, session_id, dj_id, tipper_id, amount, currency, fee_amount, message, is_anonymous,
    shows_amount, destination, livemode)
  values (c.command_id, c.session_id, v_dj_id, c.me, p_amount, p_currency, private.tip_fee(p_amount), v_message,
    p_is_anonymous, p_shows_amount, v_account.account_id, v_account.livemode)
  on conflict (id) do nothing;
  if not found then perform private.refuse('command_conflict'); end if;
  return private.acknowledge(c) || jsonb_build_object('tipId', c.command_id);
end $$;

-- For the server -----------------------------------------------------------------------------------------------------
-- What the provider's page needs. With `checkoutId` where there is a page already.
create function private.tip_to_open(p_tip_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  t public.tips;
begin
  select * into t from public.tips where id = p_tip_id;
  if t.id is null then perform private.refuse('not_found'); end if;
  if t.status > 'open' then perform private.refuse('stale'); end if;
  if not exists (
    select from public.dj_payment_accounts
    where user_id = t.dj_id and account_id = t.destination and charges_enabled) then
    perform private.refuse('tips_off');
  end if;
  return jsonb_build_object('tipId', t.id, 'amount', t.amount, 'currency', t.currency, 'feeAmount', t.fee_amount,
    'destination', t.destination, 'livemode', t.livemode, 'checkoutId', t.checkout_id,
    'djName', (select display_name from public.profiles where id = t.dj_id),
    'sessionSlug', (select slug from public.dj_sessions where id = t.session_id));
end $$;

-- Repeating it changes nothing; a second page is refused.
create function private.tip_opened(p_tip_id uuid, p_checkout_id text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_status public.tip_status;
begin
  update public.tips set
    status = greatest(status, 'open'), checkout_id = p_checkout_id, opened_at = coalesce(opened_at, clock_timestamp())
  where id = p_tip_id and coalesce(checkout_id, p_checkout_id) = p_checkout_id
  returning status into v_status;
  if not found then
    perform private.refuse(case when exists (select from public.tips where id = p_tip_id) then 'stale' else 'not_found' end);
  end if;
  return jsonb_build_object('status', v_status);
end $$;

-- The API ------------------------------------------------------------------------------------------------------------
create function public.count_provider_request() returns jsonb language sql volatile set search_path = ''
return private.count_provider_request();

create function public.begin_tip(p_session_id uuid, p_command_id uuid, p_amount bigint, p_currency text, p_message text default null, p_is_anonymous boolean default false, p_shows_amount boolean default true) returns jsonb language sql volatile set search_path = ''
return private.begin_tip(p_session_id, p_command_id, p_amount, p_currency, p_message, p_is_anonymous, p_shows_amount);

create function public.tip_to_open(p_tip_id uuid) returns jsonb language sql stable set search_path = ''
return private.tip_to_open(p_tip_id);

create function public.tip_opened(p_tip_id uuid, p_checkout_id text) returns jsonb language sql volatile set search_path = ''
return private.tip_opened(p_tip_id, p_checkout_id);

revoke all on function
  private.count_provider_request, private.begin_tip, private.tip_to_open, private.tip_opened,
  public.count_provider_request, public.begin_tip, public.tip_to_open, public.tip_opened
from public, anon, authenticated, service_role;
grant execute on function
  public.count_provider_request, public.begin_tip, private.count_provider_request, private.begin_tip
to authenticated;
grant execute on function
  public.tip_to_open, public.tip_opened, private.tip_to_open, private.tip_opened
to service_role;
