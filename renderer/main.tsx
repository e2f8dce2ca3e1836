import './tokens.css';
import './fonts.css';
import './base.css';
import './forced-colors.css';
import { createRoot } from 'react-dom/client';
import { createStore } from './store/client.ts';
import { App } from './views/app.tsx';
import { copyEverywhere } from './views/clipboard.ts';
import { connectHost } from './views/host.ts';
import { nextFrame } from './views/shell/next-frame.ts';
import { StoreProvider } from './views/shell/store-context.tsx';

copyEverywhere();
const worker = new Worker(new URL('./store/worker.ts', import.meta.url), { type: 'module', name: 'store' });
const store = createStore(worker, nextFrame);
connectHost(store, (link) => store.connect(link));

createRoot(document.getElementById('root')!).render(
  <StoreProvider store={store}>
    <App />
  </StoreProvider>,
);
