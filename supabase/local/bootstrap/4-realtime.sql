-- Broadcast from the database: a row in realtime.messages is a message to everybody in its topic, and the
-- policies on this table decide who may read and write in private topics.
create schema if not exists realtime;
grant usage on schema realtime to anon, authenticated, service_role;

create table if not exists realtime.messages (
  topic text not null,
  extension text not null,
  payload jsonb,
  binary_payload bytea,
  event text,
  private boolean default false,
  updated_at timestamp not null default now(),
  inserted_at timestamp not null default now(),
  id uuid not null default gen_random_uuid(),
  primary key (id, inserted_at)
) partition by range (inserted_at);

alter table realtime.messages enable row level security;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;

-- Makes the partitions of yesterday to three days ahead and drops those older than three days.
create or replace function realtime.maintain_partitions() returns void
language plpgsql
set search_path = ''
as $$
declare
  today date := (now() at time zone 'utc')::date;
  offset_in_days int;
  start_day date;
  old_partition record;
begin
  for offset_in_days in -1..3 loop
    start_day := today + offset_in_days;
    execute format(
      'create table if not exists realtime.%I partition of realtime.messages for values from (%L) to (%L)',
      'messages_' || to_char(start_day, 'YYYY_MM_DD'), start_day, start_day + 1);
  end loop;
  for old_partition in
    select c.relname
    from pg_catalog.pg_inherits i
    join pg_catalog.pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'realtime.messages'::regclass
      and c.relname < 'messages_' || to_char(today - 3, 'YYYY_MM_DD')
  loop
    execute format('drop table realtime.%I', old_partition.relname);
  end loop;
end $$;
revoke all on function realtime.maintain_partitions from public, anon, authenticated;
select realtime.maintain_partitions();

-- The topic that is being joined, for the policies.
create or replace function realtime.topic() returns text
language sql stable
as $$
  select nullif(current_setting('realtime.topic', true), '')
$$;

-- Sends a message to a topic. A failure to send must not undo the change that it tells of: it only warns.
create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true)
returns void
language plpgsql
as $$
declare
  message_id uuid := gen_random_uuid();
begin
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (id, topic, extension, event, payload, private)
  values (message_id, topic, 'broadcast', event,
          case when payload ? 'id' then payload else payload || jsonb_build_object('id', message_id) end, private);
exception when others then
  raise warning 'realtime.send: %', sqlerrm;
end $$;

-- The same for raw bytes.
create or replace function realtime.send_binary(payload bytea, event text, topic text, private boolean default true)
returns void
language plpgsql
as $$
begin
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (topic, extension, event, binary_payload, private)
  values (topic, 'broadcast', event, payload, private);
exception when others then
  raise warning 'realtime.send_binary: %', sqlerrm;
end $$;

-- For triggers: tells a topic of a changed row.
create or replace function realtime.broadcast_changes(
  topic_name text, event_name text, operation text, table_name text, table_schema text,
  new record, old record, level text default 'ROW'
) returns void
language plpgsql
as $$
begin
  if level = 'STATEMENT' then
    raise exception 'realtime.broadcast_changes works for each row, not for each statement';
  end if;
  perform realtime.send(
    jsonb_build_object('schema', table_schema, 'table', table_name, 'operation', operation,
                       'record', to_jsonb(new), 'old_record', to_jsonb(old)),
    event_name, topic_name);
end $$;

-- Migrations add the tables whose changes clients may watch.
do $$
begin
  if not exists (select from pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
  if not exists (select from pg_publication where pubname = 'supabase_realtime_messages') then
    create publication supabase_realtime_messages for table realtime.messages with (publish = 'insert', publish_via_partition_root = true);
  end if;
end $$;
