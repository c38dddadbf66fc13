-- In which currencies people may tip, and how much. Amounts of money are whole numbers of a currency's smallest unit
-- everywhere, as in Stripe's API: 500 is 5.00 in eur, and 500 in jpy.

create table public.tip_currencies (
  code text primary key check (code ~ '^[a-z]{3}$'),
  -- Digits after the point. Currencies with three are left out: Stripe takes their amounts in steps of ten only.
  decimals smallint not null check (decimals in (0, 2)),
  min_amount bigint not null check (min_amount > 0),
  -- Stripe takes eight digits.
  max_amount bigint not null check (max_amount between min_amount and 99999999),
  suggested_amounts bigint[] not null check (
    cardinality(suggested_amounts) = 3 and min_amount <= all (suggested_amounts) and max_amount >= all (suggested_amounts))
);
alter table public.tip_currencies enable row level security;
create policy "Everybody sees the currencies" on public.tip_currencies for select to authenticated using (true);
revoke all on public.tip_currencies from service_role;
grant select on public.tip_currencies to authenticated, service_role;

-- The least is more than what Stripe takes at all (0.50 eur, usd, chf, cad and brl, 0.30 gbp, 10 mxn, 50 jpy, else the same in
-- the currency of the payout: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts), and about so much
-- that a tenth of it pays for the card. The most is about 200 eur. The pesos lose value fast: look at ars every year.
insert into public.tip_currencies (code, decimals, min_amount, max_amount, suggested_amounts) values
  ('eur', 2, 300, 20000, '{500, 1000, 2000}'),
  ('usd', 2, 500, 20000, '{500, 1000, 2000}'),
  ('gbp', 2, 300, 20000, '{500, 1000, 2000}'),
  ('chf', 2, 500, 20000, '{500, 1000, 2000}'),
  ('cad', 2, 500, 25000, '{500, 1000, 2000}'),
  ('mxn', 2, 5000, 400000, '{5000, 10000, 20000}'),
  ('brl', 2, 1000, 100000, '{1000, 2500, 5000}'),
  ('pen', 2, 1500, 80000, '{2000, 4000, 8000}'),
  ('ars', 2, 500000, 30000000, '{500000, 1000000, 2000000}'),
  ('cop', 2, 1500000, 80000000, '{2000000, 4000000, 8000000}'),
  ('clp', 0, 3000, 200000, '{5000, 10000, 20000}'),
  ('jpy', 0, 300, 30000, '{500, 1000, 2000}');

-- What the house keeps of a tip. A change counts for tips that begin after it: each has its own fee.
create table private.money_settings (
  is_only_row boolean primary key default true check (is_only_row),
  fee_basis_points int not null default 1000 check (fee_basis_points between 0 and 10000)
);
alter table private.money_settings enable row level security;
insert into private.money_settings default values;

-- Rounded down, for the DJ.
create function private.tip_fee(p_amount bigint) returns bigint
language sql stable set search_path = ''
return (select p_amount * fee_basis_points / 10000 from private.money_settings);

revoke all on function private.tip_fee from public, anon, authenticated, service_role;
