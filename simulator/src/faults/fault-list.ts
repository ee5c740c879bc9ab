import type { Fault } from './fault.js';

/** The active faults; each request meets at most one, the oldest that is for its path. */
export class FaultList {
  private faults: Fault[] = [];

  add(fault: Fault): void {
    this.faults.push(fault);
  }

  clear(): void {
    this.faults = [];
  }

  all(): readonly Fault[] {
    return this.faults;
  }

  /** The fault that hits the next request to the path, counted as used. */
  take(path: string): Fault | undefined {
    const fault = this.faults.find(({ endpoint }) => endpoint === path || endpoint === '*');
    if (fault?.times !== undefined) this.countDown(fault, fault.times);
    return fault;
  }

  private countDown(fault: Fault, times: number): void {
    fault.times = times - 1;
    if (fault.times === 0) this.faults = this.faults.filter((other) => other !== fault);
  }
}
