import { useSearchParams } from 'react-router';

type Filters = Record<string, string>;

/** What a list shows, kept in the address, so that it can be reloaded, sent and gone back to. */
export function useFilters(names: string[]): [Filters, (change: Filters) => void] {
  const [params, setParams] = useSearchParams();
  const filters = Object.fromEntries(names.map((name) => [name, params.get(name) ?? '']));
  const change = (changed: Filters) => {
    const next = Object.entries({ ...filters, ...changed }).filter(([, value]) => value !== '');
    const isSame = next.every(([name, value]) => params.get(name) === value) && next.length === params.size;
    if (!isSame) setParams(Object.fromEntries(next));
  };
  return [filters, change];
}

/** Only what is set, as the query of an address. */
export function queryOf(filters: Filters): string {
  return new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString();
}
