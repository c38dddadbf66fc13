-- As before; but who asks a moment after somebody else asked for something that is done, and needs no refusal.
create or replace function private.advance_queue(p_session_id uuid, p_command_id uuid, p_expected_rev bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  c private.command;
  v_old public.playback;
  v_patience_ms int;
begin
  c := private.open_command(p_session_id, p_command_id, 'playback.advance', 'react', jsonb_build_array(p_expected_rev));
  if c.done then return private.acknowledge(c); end if;
  v_old := private.lock_playback(c.session_id);
  if p_expected_rev < v_old.rev then return private.acknowledge(c); end if;
  v_patience_ms := case when private.is_allowed(c.role, 'play') then 0 else 1000 end;
  if v_old.rev is distinct from p_expected_rev or v_old.status <> 'playing'
    or coalesce(private.ends_at_ms(v_old) + v_patience_ms > private.now_ms(), true) then
    perform private.refuse('stale', jsonb_build_object('rev', v_old.rev));
  end if;
  return private.acknowledge(c, private.save_playback(v_old, private.settled(v_old)));
end $$;
