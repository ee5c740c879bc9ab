import { useRef, useState } from 'react';

export interface Action<Input> {
  /** Does nothing while it is still at work, whoever asks: a button, the Enter key, a second click. */
  run: (input: Input) => Promise<void>;
  isBusy: boolean;
  error: unknown;
  forget: () => void;
}

/** Something that a person sets off and that must not be doubled; what went wrong stays until the next try. */
export function useAction<Input = void>(act: (input: Input) => Promise<void>): Action<Input> {
  const isAtWork = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (input: Input): Promise<void> => {
    if (isAtWork.current) return;
    isAtWork.current = true;
    setBusy(true);
    setError(null);
    try {
      await act(input);
    } catch (problem) {
      setError(problem);
    } finally {
      isAtWork.current = false;
      setBusy(false);
    }
  };
  return { run, isBusy, error, forget: () => setError(null) };
}
