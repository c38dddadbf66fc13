-- What everything else stands on: where code lives, who may call it, how it refuses, how text is cleaned.

-- Schemas and rights -------------------------------------------------------------------------------------------------
-- `public` is what the API shows: tables behind RLS and thin functions with the caller's own rights.
-- `private` is not exposed: it holds the `security definer` functions that do the work, called through `public` alone.
create schema private;
grant usage on schema private to anon, authenticated, service_role;

-- A new table or sequence gives a client nothing until a migration grants it by name.
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke all on functions from anon, authenticated;

-- Refusals -----------------------------------------------------------------------------------------------------------
-- An expected refusal: the message is a code of lib/protocol/errors.ts, the detail is JSON for the client.
create function private.refuse(p_code text, p_detail jsonb default '{}') returns void
language plpgsql set search_path = ''
as $$
begin
  raise exception '%', p_code using errcode = 'P0001', detail = p_detail::text;
end $$;

-- Time ---------------------------------------------------------------------------------------------------------------
-- Server time in milliseconds since the epoch: the instant of the call, not of the transaction, which may have waited.
create function private.now_ms() returns bigint
language sql volatile set search_path = ''
return floor(extract(epoch from clock_timestamp()) * 1000)::bigint;

create function private.to_ms(p_at timestamptz) returns bigint
language sql immutable set search_path = ''
return floor(extract(epoch from p_at) * 1000)::bigint;

-- The caller ---------------------------------------------------------------------------------------------------------
create function private.me() returns uuid
language plpgsql stable set search_path = ''
as $$
declare
  v_me uuid := auth.uid();
begin
  if v_me is null then perform private.refuse('not_signed_in'); end if;
  return v_me;
end $$;

-- Text ---------------------------------------------------------------------------------------------------------------
-- One line of plain text for titles: no control, bidi, zero-width, filler or tag characters, single spaces, at most two
-- combining marks in a row, cut to a length in characters. Only so much of a huge text is looked at at all.
create function private.clean_line(p_text text, p_max_length int) returns text
language sql immutable set search_path = ''
as $$
  select btrim(left(btrim(
    regexp_replace(
      regexp_replace(
        regexp_replace(
          normalize(left(coalesce(p_text, ''), p_max_length * 20), NFC),
          '[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'),
        '[\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f'
          || '\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]',
        '', 'g'),
      '([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{2})'
        || '[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+',
      '\1', 'g')
  ), p_max_length))
$$;

-- A person's name: a clean line whose look-alike letters are folded, so that nobody borrows another's name by spelling
-- it with mathematical letters, or with Cyrillic and Greek ones among Latin ones.
create function private.clean_name(p_text text, p_max_length int default 40) returns text
language sql immutable set search_path = ''
as $$
  select private.clean_line(
    case when folded ~ '[A-Za-z]' and folded ~ '[\u0370-\u03ff\u0400-\u052f]'
      then translate(folded,
        'АВЕКМНОРСТУХІЈЅаеорсухіјѕԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοναρι',
        'ABEKMHOPCTYXIJSaeopcyxijsdqwABEZHIKMNOPTYXovapi')
      else folded end,
    p_max_length)
  from normalize(left(coalesce(p_text, ''), p_max_length * 20), NFKC) as folded
$$;

-- A chat message: keeps line breaks and everything emoji and scripts need (joiners, variation selectors, marks).
create function private.clean_message(p_text text) returns text
language sql immutable set search_path = ''
as $$
  select btrim(regexp_replace(
    regexp_replace(
      regexp_replace(normalize(left(coalesce(p_text, ''), 5000), NFC), '\r\n?|[\u2028\u2029\u0085]', E'\n', 'g'),
      '[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f'
        || '\ufeff\ufff0-\uffff]', '', 'g'),
    '\n{3,}', E'\n\n', 'g'), E' \t\n')
$$;

-- Permissions --------------------------------------------------------------------------------------------------------
-- The same table as lib/domain/permissions; a test compares them.
create function private.is_allowed(p_role text, p_permission text) returns boolean
language sql immutable set search_path = ''
return case p_role
  when 'dj' then p_permission in ('chat', 'ask', 'vote', 'react', 'play', 'order_queue', 'moderate', 'manage')
  when 'co_dj' then p_permission in ('chat', 'ask', 'vote', 'react', 'play', 'order_queue')
  when 'moderator' then p_permission in ('chat', 'ask', 'vote', 'react', 'moderate')
  when 'listener' then p_permission in ('chat', 'ask', 'vote', 'react')
  else false
end;

-- Rate limits --------------------------------------------------------------------------------------------------------
-- A window opens with the first use and closes by itself. Losing the counters in a crash costs nothing: unlogged.
create unlogged table private.rate_counters (
  subject uuid not null,
  kind text not null,
  window_started_at timestamptz not null,
  used int not null,
  primary key (subject, kind)
) with (fillfactor = 70);
alter table private.rate_counters enable row level security;

-- Counts one use by a subject (a person, or a session for what its newcomers share) or refuses it.
create function private.limit_rate(p_subject uuid, p_kind text, p_max int, p_window interval) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
begin
  insert into private.rate_counters as c (subject, kind, window_started_at, used)
  values (p_subject, p_kind, v_now, 1)
  on conflict (subject, kind) do update set
    window_started_at = case when c.window_started_at <= v_now - p_window then v_now else c.window_started_at end,
    used = case when c.window_started_at <= v_now - p_window then 1 else c.used + 1 end
  where c.window_started_at <= v_now - p_window or c.used < p_max;
  if found then return; end if;
  perform private.refuse('rate_limited', jsonb_build_object('retryAfterInMs',
    greatest(1, ceil(extract(epoch from c.window_started_at + p_window - v_now) * 1000))))
  from private.rate_counters c where c.subject = p_subject and c.kind = p_kind;
end $$;
