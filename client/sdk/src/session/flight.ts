import type { Core } from '../core.js';

/** Lets one login, refresh or logout be under way at a time: whoever asks for the same meanwhile gets the same answer. */
export async function fly<T>(core: Core, flightKey: string, job: () => Promise<T>): Promise<T> {
  while (core.flight) {
    if (core.flightKey === flightKey) return core.flight as Promise<T>;
    await core.flight.catch(() => {});
  }
  core.flightKey = flightKey;
  const flight = job().finally(() => {
    core.flight = undefined;
  });
  core.flight = flight;
  return flight;
}
