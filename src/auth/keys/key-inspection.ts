import type { Database } from '../../platform/database/database.js';
import type { SecretBox } from '../../platform/encryption/secret-box.js';
import type { SigningKeyState } from './signing-key.entity.js';

/** One signing key, and whether the present APP_SECRET opens its private half. */
export interface InspectedKey {
  kid: string;
  state: SigningKeyState;
  isReadable: boolean;
}

const FIND_KEYS = `SELECT kid, state, private_key_encrypted FROM signing_keys
  WHERE state <> 'retired' ORDER BY created_at DESC, kid`;

/** Tries every signing key that has a private half, for a doctor whose patient does not start. */
export async function inspectSigningKeys(database: Database, secrets: SecretBox): Promise<InspectedKey[]> {
  const rows = await database.rows<{ kid: string; state: SigningKeyState; private_key_encrypted: string }>(FIND_KEYS);
  return rows.map(({ kid, state, private_key_encrypted: sealed }) => {
    return { kid, state, isReadable: opens(secrets, sealed, kid) };
  });
}

function opens(secrets: SecretBox, sealed: string, kid: string): boolean {
  try {
    return secrets.open(sealed, kid).length > 0;
  } catch {
    return false;
  }
}
