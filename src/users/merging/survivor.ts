/**
 * SQL for the id of the user that lives on under a given id: the id itself, or where it was merged into. Written into
 * a statement it costs no round trip, and in a writing statement InnoDB reads it with a lock: what is inserted while a
 * merge is under way lands with the survivor. Whatever takes a caller's user id goes through it, because an access
 * token may say the old id until it expires.
 */
export function survivor(parameter = '?'): string {
  return `(SELECT COALESCE(m.merged_into, m.id) FROM users m WHERE m.id = ${parameter})`;
}
