interface Flight {
  key: string;
  result: Promise<unknown>;
}

/** Lets one login, refresh or logout be under way at a time: whoever asks for the same meanwhile gets the same answer. */
export class Flights {
  private current: Flight | undefined;

  async run<T>(key: string, job: () => Promise<T>): Promise<T> {
    while (this.current) {
      if (this.current.key === key) return this.current.result as Promise<T>;
      await this.current.result.catch(() => {});
    }
    const flight = { key, result: job().finally(() => void (this.current = undefined)) };
    this.current = flight;
    return flight.result;
  }
}
