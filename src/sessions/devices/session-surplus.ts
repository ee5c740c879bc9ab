/** How many sessions somebody may have. */
export interface SessionMaximum {
  perUser: number;
  /** Of one kind of device, by the platform it names; those that name none are a kind too. */
  perPlatform: number;
}

export interface CountedSession {
  id: string;
  platform: string | null;
}

/**
 * Those that have to end, of the open sessions of one user.
 * @param open the one seen last first
 * @param opened the id of the one that was opened just now: it stays
 */
export function surplusOf<S extends CountedSession>(open: S[], opened: string, maximum: SessionMaximum): S[] {
  const first = open.filter(({ id }) => id === opened);
  const others = open.filter(({ id }) => id !== opened);
  const ofPlatform = new Map<string | null, number>();
  let kept = 0;
  return [...first, ...others].filter(({ platform }) => {
    const ofKind = ofPlatform.get(platform) ?? 0;
    if (kept >= maximum.perUser || ofKind >= maximum.perPlatform) return true;
    kept++;
    ofPlatform.set(platform, ofKind + 1);
    return false;
  });
}
