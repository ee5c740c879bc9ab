import { createRoot } from 'react-dom/client';
import { session } from './api/session.js';
import { App } from './app/App.js';
import './app/app.css';
import { startI18n } from './i18n/i18n.js';

const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;

await startI18n();
createRoot(document.getElementById('root')!).render(<App nonce={nonce} />);
await session.restore();
