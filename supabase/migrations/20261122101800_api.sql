-- The API: the functions that clients and the server call, in one place. Each runs with the rights of its caller and hands
-- over to its namesake in `private`, which is `security definer`, decides, and is not exposed. Refusals are SQLSTATE P0001
-- with a code of lib/protocol/errors.ts as the message and JSON as the detail.

-- People ------------------------------------------------------------------------------------------------------------
create function public.update_profile(p_display_name text default null, p_locale text default null) returns jsonb language sql volatile set search_path = ''
return private.update_profile(p_display_name, p_locale);

-- Tracks ------------------------------------------------------------------------------------------------------------
create function public.start_upload(p_track_id uuid, p_title text, p_artist text default null, p_source jsonb default null) returns jsonb language sql volatile set search_path = ''
return private.start_upload(p_track_id, p_title, p_artist, p_source);

create function public.complete_upload(p_track_id uuid, p_manifest jsonb) returns jsonb language sql volatile set search_path = ''
return private.complete_upload(p_track_id, p_manifest);

create function public.rename_track(p_track_id uuid, p_title text, p_artist text default null) returns jsonb language sql volatile set search_path = ''
return private.rename_track(p_track_id, p_title, p_artist);

create function public.delete_track(p_track_id uuid) returns jsonb language sql volatile set search_path = ''
return private.delete_track(p_track_id);

-- Sessions ----------------------------------------------------------------------------------------------------------
create function public.create_session(p_title text, p_visibility text default 'public', p_artwork_path text default null) returns jsonb language sql volatile set search_path = ''
return private.create_session(p_title, p_visibility, p_artwork_path);

create function public.join_session(p_session_id uuid, p_invitation text default null) returns jsonb language sql volatile set search_path = ''
return private.join_session(p_session_id, p_invitation);

create function public.session_snapshot(p_session_id uuid) returns jsonb language sql volatile set search_path = ''
return private.session_snapshot(p_session_id);

create function public.events_after(p_session_id uuid, p_after bigint) returns jsonb language sql volatile set search_path = ''
return private.events_after(p_session_id, p_after);

create function public.touch_session(p_session_id uuid) returns jsonb language sql volatile set search_path = ''
return private.touch_session(p_session_id);

-- Commands: each answers {commandId, seq} ---------------------------------------------------------------------------
create function public.send_message(p_session_id uuid, p_command_id uuid, p_text text) returns jsonb language sql volatile set search_path = ''
return private.send_message(p_session_id, p_command_id, p_text);

create function public.remove_message(p_session_id uuid, p_command_id uuid, p_message_id uuid) returns jsonb language sql volatile set search_path = ''
return private.remove_message(p_session_id, p_command_id, p_message_id);

create function public.react(p_session_id uuid, p_command_id uuid, p_emoji text) returns jsonb language sql volatile set search_path = ''
return private.react(p_session_id, p_command_id, p_emoji);

create function public.add_to_queue(p_session_id uuid, p_command_id uuid, p_track_id uuid) returns jsonb language sql volatile set search_path = ''
return private.add_to_queue(p_session_id, p_command_id, p_track_id);

create function public.remove_from_queue(p_session_id uuid, p_command_id uuid, p_item_id uuid) returns jsonb language sql volatile set search_path = ''
return private.remove_from_queue(p_session_id, p_command_id, p_item_id);

create function public.vote(p_session_id uuid, p_command_id uuid, p_item_id uuid, p_voted boolean) returns jsonb language sql volatile set search_path = ''
return private.vote(p_session_id, p_command_id, p_item_id, p_voted);

create function public.move_in_queue(p_session_id uuid, p_command_id uuid, p_item_id uuid, p_before_item_id uuid default null) returns jsonb language sql volatile set search_path = ''
return private.move_in_queue(p_session_id, p_command_id, p_item_id, p_before_item_id);

create function public.unpin_item(p_session_id uuid, p_command_id uuid, p_item_id uuid) returns jsonb language sql volatile set search_path = ''
return private.unpin_item(p_session_id, p_command_id, p_item_id);

create function public.play(p_session_id uuid, p_command_id uuid, p_item_id uuid default null) returns jsonb language sql volatile set search_path = ''
return private.play(p_session_id, p_command_id, p_item_id);

create function public.pause(p_session_id uuid, p_command_id uuid) returns jsonb language sql volatile set search_path = ''
return private.pause(p_session_id, p_command_id);

create function public.seek(p_session_id uuid, p_command_id uuid, p_position_ms float8, p_expected_rev bigint) returns jsonb language sql volatile set search_path = ''
return private.seek(p_session_id, p_command_id, p_position_ms, p_expected_rev);

create function public.next_track(p_session_id uuid, p_command_id uuid, p_expected_rev bigint) returns jsonb language sql volatile set search_path = ''
return private.next_track(p_session_id, p_command_id, p_expected_rev);

create function public.advance_queue(p_session_id uuid, p_command_id uuid, p_expected_rev bigint) returns jsonb language sql volatile set search_path = ''
return private.advance_queue(p_session_id, p_command_id, p_expected_rev);

create function public.update_session(p_session_id uuid, p_command_id uuid, p_title text default null, p_requests_open boolean default null) returns jsonb language sql volatile set search_path = ''
return private.update_session(p_session_id, p_command_id, p_title, p_requests_open);

create function public.end_session(p_session_id uuid, p_command_id uuid) returns jsonb language sql volatile set search_path = ''
return private.end_session(p_session_id, p_command_id);

-- The DJ's lease and heartbeat --------------------------------------------------------------------------------------
create function public.claim_lease(p_session_id uuid) returns jsonb language sql volatile set search_path = ''
return private.claim_lease(p_session_id);

create function public.record_heartbeat(p_session_id uuid, p_lease_id uuid, p_rev bigint, p_position_ms float8, p_at_ms float8) returns jsonb language sql volatile set search_path = ''
return private.record_heartbeat(p_session_id, p_lease_id, p_rev, p_position_ms, p_at_ms);

-- Deciding over others ----------------------------------------------------------------------------------------------
create function public.set_member_role(p_session_id uuid, p_user_id uuid, p_role text) returns jsonb language sql volatile set search_path = ''
return private.set_member_role(p_session_id, p_user_id, p_role);

create function public.mute_member(p_session_id uuid, p_user_id uuid, p_minutes int default 10) returns jsonb language sql volatile set search_path = ''
return private.mute_member(p_session_id, p_user_id, p_minutes);

create function public.ban_member(p_session_id uuid, p_user_id uuid, p_reason text default null) returns jsonb language sql volatile set search_path = ''
return private.ban_member(p_session_id, p_user_id, p_reason);

create function public.unban_member(p_session_id uuid, p_user_id uuid) returns jsonb language sql volatile set search_path = ''
return private.unban_member(p_session_id, p_user_id);

create function public.create_invitation(p_session_id uuid, p_expires_at timestamptz default null, p_max_uses int default null) returns jsonb language sql volatile set search_path = ''
return private.create_invitation(p_session_id, p_expires_at, p_max_uses);

create function public.revoke_invitation(p_invitation_id uuid) returns jsonb language sql volatile set search_path = ''
return private.revoke_invitation(p_invitation_id);

-- For everybody, signed in or not -------------------------------------------------------------------------------------
create function public.live_sessions() returns jsonb language sql stable set search_path = ''
return private.live_sessions();

create function public.session_by_slug(p_slug text, p_invitation text default null) returns jsonb language sql stable set search_path = ''
return private.session_by_slug(p_slug, p_invitation);

-- For the server and the worker ---------------------------------------------------------------------------------------
create function public.publish_track(p_track_id uuid, p_verified jsonb) returns jsonb language sql volatile set search_path = ''
return private.publish_track(p_track_id, p_verified);

create function public.refuse_track(p_track_id uuid, p_code text, p_detail text default null) returns jsonb language sql volatile set search_path = ''
return private.refuse_track(p_track_id, p_code, p_detail);

create function public.upsert_starter_track(p_track_id uuid, p_title text, p_artist text, p_verified jsonb) returns jsonb language sql volatile set search_path = ''
return private.upsert_starter_track(p_track_id, p_title, p_artist, p_verified);

create function public.advance_due_sessions() returns int language sql volatile set search_path = ''
return private.advance_due_sessions();

create function public.ping_sessions() returns int language sql volatile set search_path = ''
return private.ping_sessions();

create function public.tidy_up() returns int language sql volatile set search_path = ''
return private.tidy_up();

-- Rights: nothing unless named here -----------------------------------------------------------------------------------------
revoke all on all functions in schema public, private from public, anon, authenticated, service_role;

grant execute on function
  public.update_profile, public.start_upload, public.complete_upload, public.rename_track, public.delete_track,
  public.create_session, public.join_session, public.session_snapshot, public.events_after, public.touch_session,
  public.send_message, public.remove_message, public.react, public.add_to_queue, public.remove_from_queue,
  public.vote, public.move_in_queue, public.unpin_item, public.play, public.pause, public.seek, public.next_track,
  public.advance_queue, public.update_session, public.end_session, public.claim_lease, public.record_heartbeat,
  public.set_member_role, public.mute_member, public.ban_member, public.unban_member, public.create_invitation,
  public.revoke_invitation
to authenticated;
grant execute on function
  private.update_profile, private.start_upload, private.complete_upload, private.rename_track, private.delete_track,
  private.create_session, private.join_session, private.session_snapshot, private.events_after,
  private.touch_session, private.send_message, private.remove_message, private.react, private.add_to_queue,
  private.remove_from_queue, private.vote, private.move_in_queue, private.unpin_item, private.play, private.pause,
  private.seek, private.next_track, private.advance_queue, private.update_session, private.end_session,
  private.claim_lease, private.record_heartbeat, private.set_member_role, private.mute_member, private.ban_member,
  private.unban_member, private.create_invitation, private.revoke_invitation, private.my_session_ids,
  private.my_session_ids_with, private.may_hear, private.may_upload
to authenticated;

grant execute on function
  public.live_sessions, public.session_by_slug
to anon, authenticated;
grant execute on function
  private.live_sessions, private.session_by_slug
to anon, authenticated;

grant execute on function
  public.publish_track, public.refuse_track, public.upsert_starter_track, public.advance_due_sessions,
  public.ping_sessions, public.tidy_up
to service_role;
grant execute on function
  private.publish_track, private.refuse_track, private.upsert_starter_track, private.advance_due_sessions,
  private.ping_sessions, private.tidy_up
to service_role;
