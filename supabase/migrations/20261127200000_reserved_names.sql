-- Names that would speak for the product, as what people are called and in Spanish too.

-- As before, with the Spanish words.
create or replace function private.is_reserved_handle(p_handle text) returns boolean
language sql immutable set search_path = ''
as $$
  select private.handle_skeleton(p_handle) like '%' || private.handle_skeleton('whatssound') || '%'
    or exists (
      select from unnest(array[
        'about', 'abuse', 'account', 'accounts', 'admin', 'administrator', 'all', 'anonymous', 'api', 'app', 'auth',
        'billing', 'bot', 'contact', 'deleted', 'everybody', 'everyone', 'explore', 'guest', 'help', 'here', 'home',
        'info', 'legal', 'live', 'lobby', 'login', 'logout', 'mail', 'me', 'mod', 'moderation', 'moderator', 'news',
        'nobody', 'null', 'official', 'owner', 'postmaster', 'press', 'privacy', 'root', 'search', 'security',
        'session', 'settings', 'signin', 'signup', 'staff', 'status', 'studio', 'support', 'system', 'team', 'terms',
        'undefined', 'user', 'webmaster', 'www',
        'administrador', 'administradora', 'ajustes', 'anonimo', 'ayuda', 'contacto', 'cuenta', 'equipo', 'estudio',
        'inicio', 'invitado', 'moderacion', 'moderador', 'moderadora', 'nadie', 'oficial', 'prensa', 'privacidad',
        'seguridad', 'sesion', 'sistema', 'soporte', 'todos', 'usuario']) as word
      where private.handle_skeleton(word) = private.handle_skeleton(p_handle))
$$;

-- The name of the product anywhere in it, or an office as the whole of it, however it is spelled: accents, spaces and signs
-- count for nothing. `lib/domain/text/reserved-name.ts` computes the same, and `reserved-name.cases.json` tests both.
create function private.is_reserved_name(p_name text) returns boolean
language sql immutable set search_path = ''
as $$
  select skeleton like '%' || private.handle_skeleton('whatssound') || '%'
    or exists (
      select from unnest(array[
        'admin', 'administrador', 'administradora', 'administrator', 'moderador', 'moderadora', 'moderator', 'oficial',
        'official', 'sistema', 'soporte', 'staff', 'support', 'system']) as word
      where private.handle_skeleton(word) = skeleton)
  from private.handle_skeleton(regexp_replace(normalize(p_name, NFKD), '[^A-Za-z0-9]', '', 'g')) as skeleton
$$;

-- Whoever chooses such a name is told; an account that comes with one, from a provider perhaps, is called something else.
create function private.keep_names_honest() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' then
    if new.display_name <> old.display_name and private.is_reserved_name(new.display_name) then
      perform private.refuse('name_reserved');
    end if;
  elsif private.is_reserved_name(new.display_name) then
    new.display_name := '♪ ' || (1000 + abs(hashtext(new.id::text)) % 9000);
  end if;
  return new;
end $$;
create trigger keep_names_honest before insert or update of display_name on public.profiles
  for each row execute function private.keep_names_honest();

revoke all on function private.is_reserved_name, private.keep_names_honest
  from public, anon, authenticated, service_role;
