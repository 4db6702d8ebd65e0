import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { initialLanguage, rememberedLanguage, startI18n } from './i18n';
import './theme/theme.css';
import './theme/discovery.css';
import './theme/signals.css';
import './theme/scaling.css';

startI18n(initialLanguage(rememberedLanguage(), navigator.languages));

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
