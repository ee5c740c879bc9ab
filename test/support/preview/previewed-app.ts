import { Bundler } from '../../../client/preview/src/bundle/bundler.js';
import { type Preview, startPreview } from '../../../client/preview/src/server/preview-server.js';
import { startTestApp, type TestApp } from '../test-app.js';
import { openPhone, type PhoneInJsdom, type PhoneOptions } from './phone-in-jsdom.js';

/** The server, the simulator and the preview before them, with phones that run the demo. */
export interface PreviewedApp {
  test: TestApp;
  preview: Preview;
  /** Opens the demo on a phone; the same options are the same phone, with what it kept. */
  phone(options?: PhoneOptions): Promise<PhoneInJsdom>;
  close(): Promise<void>;
}

export async function startPreviewedApp(variables: Record<string, string> = {}): Promise<PreviewedApp> {
  const test = await startTestApp(variables);
  const files = new Bundler();
  const preview = await startPreview({
    serverUrl: test.client.url,
    simulatorUrl: test.environment.WECHAT_API_BASE_URL,
    files,
  });
  const phones: PhoneInJsdom[] = [];
  const phone = async (options: PhoneOptions = {}): Promise<PhoneInJsdom> => {
    const opened = await openPhone(preview.url, options);
    phones.push(opened);
    return opened;
  };
  const close = async (): Promise<void> => {
    for (const opened of phones) opened.close();
    await preview.close();
    await test.close();
  };
  return { test, preview, phone, close };
}
