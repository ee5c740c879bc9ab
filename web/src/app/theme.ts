import { theme, type ThemeConfig } from 'antd';
import { useSyncExternalStore } from 'react';

/** Follows a question to the browser, such as whether it is dark. */
function useMedia(query: string): boolean {
  const subscribe = (listener: () => void) => {
    const media = matchMedia(query);
    media.addEventListener('change', listener);
    return () => media.removeEventListener('change', listener);
  };
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

// Text on these backgrounds has a contrast of at least 4.5 : 1.
const LIGHT = {
  colorPrimary: '#08794a',
  colorError: '#cf1322',
  colorLink: '#08794a',
  colorTextPlaceholder: '#6b6b6b',
  colorTextTertiary: '#666',
};
const DARK = {
  colorPrimary: '#18915f',
  colorError: '#ff7875',
  colorLink: '#3fbf8a',
  colorTextPlaceholder: '#9a9a9a',
  colorTextTertiary: '#a3a3a3',
};

const DARK_BUTTON = {
  colorPrimary: '#12784d',
  colorPrimaryHover: '#12784d',
  colorPrimaryActive: '#0f6a43',
  dangerColor: '#1a1a1a',
};

/** Light or dark as the system is, and still where the system asks for that. */
export function useTheme(): ThemeConfig {
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const isTouch = useMedia('(pointer: coarse)');
  const isStill = useMedia('(prefers-reduced-motion: reduce)');
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    components: isDark ? { Button: DARK_BUTTON } : {},
    token: { ...(isDark ? DARK : LIGHT), motion: !isStill, controlHeight: isTouch ? 44 : 40, borderRadius: 8 },
  };
}
