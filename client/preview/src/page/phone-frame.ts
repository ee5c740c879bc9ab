import type { PhoneControls } from '../phone/start.js';

const IN_BACKGROUND_MS = 300;

/** The phone in its frame, as the page handles it; each device is a phone of its own towards the preview server. */
export class PhoneFrame {
  private readonly frame = document.getElementById('phone') as HTMLIFrameElement;
  private readonly tab = crypto.randomUUID().slice(0, 8);
  private device = '';
  private readonly user = new URLSearchParams(location.search).get('user');

  /** The name under which the preview server knows this phone. */
  get name(): string {
    return `${this.tab}-${this.device}`;
  }

  get isOffline(): boolean {
    return this.controls?.isOffline ?? false;
  }

  /** Takes another phone into the hand, and opens the mini-program on it. */
  async take(device: string): Promise<void> {
    this.device = device;
    await this.restart();
  }

  async restart(): Promise<void> {
    const query = new URLSearchParams({ phone: this.name, device: this.device, ...(this.user && { user: this.user }) });
    const loaded = new Promise((resolve) => this.frame.addEventListener('load', resolve, { once: true }));
    // Not by src: each would be a step of the browser's history.
    this.frame.contentWindow!.location.replace(`/phone?${query}`);
    await loaded;
  }

  /** As removing the mini-program from the phone and opening it anew. */
  async forget(): Promise<void> {
    this.controls?.forget();
    await this.restart();
  }

  /** The person leaves the mini-program for a moment and returns, so that it asks for its data again. */
  async leaveAndReturn(): Promise<void> {
    this.controls?.hide();
    await new Promise((resolve) => setTimeout(resolve, IN_BACKGROUND_MS));
    this.controls?.show();
  }

  setOffline(isOffline: boolean): void {
    this.controls?.setOffline(isOffline);
  }

  letTimePass(ms: number): void {
    this.controls?.advance(ms);
  }

  /** One of the buttons that work outside the phone; false where there was nothing to do it to. */
  async play(trick: string): Promise<boolean> {
    const response = await fetch(`/tricks/${trick}?phone=${this.name}`, { method: 'POST' });
    return ((await response.json()) as { done: boolean }).done;
  }

  private get controls(): PhoneControls | undefined {
    return (this.frame.contentWindow as (Window & { phone?: PhoneControls }) | null)?.phone;
  }
}
