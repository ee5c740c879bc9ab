const SECRET_NAMES = /token|code|password|secret|session_?key|encrypteddata|^iv$|signature/i;
const KEPT_NAMES = new Set(['tokenType', 'errcode']);
/** Random, and known to the device only; ids of users are numbers, those of sessions have dashes. */
const DEVICE_ID = /^[a-z0-9]{24,}$/i;
const LONG = 12;

/** Enough of a secret to tell it from another, and not enough to use it. */
export function masked(secret: string): string {
  return secret.length > LONG ? `${secret.slice(0, 4)}…${secret.slice(-4)}` : '••••••';
}

/** The same JSON with every secret masked; what names an error (`code` beside `title`) is no secret. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const isProblem = 'title' in value && 'status' in value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, isProblem && name === 'code' ? field : maskField(name, field)]),
  );
}

function maskField(name: string, field: unknown): unknown {
  if (typeof field !== 'string') return withoutSecrets(field);
  if (KEPT_NAMES.has(name) || !field) return field;
  if (name === 'id' && DEVICE_ID.test(field)) return masked(field);
  if (/password/i.test(name)) return '••••••';
  if (/^open_?id$|^union_?id$/i.test(name) || SECRET_NAMES.test(name)) return masked(field);
  return field;
}
