-- The REST server learns of new tables and functions by itself, also those of a migration while it runs.
create or replace function extensions.reload_rest_schema() returns event_trigger
language plpgsql
as $$
begin
  notify pgrst, 'reload schema';
end $$;

drop event trigger if exists reload_rest_schema_on_ddl;
create event trigger reload_rest_schema_on_ddl on ddl_command_end execute function extensions.reload_rest_schema();
drop event trigger if exists reload_rest_schema_on_drop;
create event trigger reload_rest_schema_on_drop on sql_drop execute function extensions.reload_rest_schema();
