import { useEffect, useState } from 'react';
import { send } from '../api/send.js';
import { USERNAME } from '../../../src/users/username-rule.js';

export type Availability = 'unknown' | 'checking' | 'free' | 'taken';

const WAIT_MS = 400;

/** Is a username still free? Asked once nobody has typed for a moment; a newer question takes back the older. */
export function useAvailability(username = ''): Availability {
  const [answer, setAnswer] = useState<Availability>('unknown');
  useEffect(() => {
    setAnswer('unknown');
    if (!USERNAME.test(username)) return;
    const question = new AbortController();
    const timer = setTimeout(() => {
      setAnswer('checking');
      ask(username, question.signal).then(setAnswer, () => question.signal.aborted || setAnswer('unknown'));
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      question.abort();
    };
  }, [username]);
  return answer;
}

async function ask(username: string, signal: AbortSignal): Promise<Availability> {
  const path = `/auth/username-available?${new URLSearchParams({ username }).toString()}`;
  const { available } = await send<{ available: boolean }>('GET', path, { signal });
  return available ? 'free' : 'taken';
}
