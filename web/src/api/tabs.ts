export type News = 'logged-in' | 'logged-out';

/** The other tabs of this browser: they share the cookie, so they have to hear when it changes. */
export interface Tabs {
  tell(news: News): void;
  listen(listener: (news: News) => void): void;
}

export function otherTabs(): Tabs {
  const channel = new BroadcastChannel('wxlogin');
  return {
    tell: (news) => channel.postMessage(news),
    listen: (listener) => channel.addEventListener('message', ({ data }) => listener(data as News)),
  };
}
