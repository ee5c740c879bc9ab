import { useMutation, useQueryClient } from '@tanstack/react-query';
import { session } from '../api/session.js';
import type { Device } from '../api/types.js';
import { useAnswer } from '../signed-in/queries.js';
import { useTellProblem } from '../signed-in/use-shown-problem.js';

const PATH = '/sessions';
const EVERY_MS = 30_000;

export function useDevices() {
  return useAnswer<Device[]>(PATH, { everyMs: EVERY_MS });
}

/** Signs devices out: they leave the list at once, and come back if the server says no. */
export function useEnding(path: string, isEnded: (device: Device) => boolean) {
  const queries = useQueryClient();
  const tell = useTellProblem();
  return useMutation({
    mutationFn: () => session.request('DELETE', path),
    onMutate: async () => {
      await queries.cancelQueries({ queryKey: [PATH] });
      const before = queries.getQueryData<Device[]>([PATH]);
      queries.setQueryData<Device[]>([PATH], (all) => all?.filter((device) => !isEnded(device)));
      return before;
    },
    onError: (error, _input, before) => {
      queries.setQueryData([PATH], before);
      tell(error); // here, as what was pressed is not on the page meanwhile
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [PATH] }),
  });
}
