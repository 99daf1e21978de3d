import { App, ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import zhTW from 'antd/es/locale/zh_TW';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import 'dayjs/locale/zh-tw';
import { type ReactNode, useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import { useLanguage } from '../api/i18n.ts';
import { rowHeightsPx, useAppearance } from '../ui/appearance.ts';
import { themeOf, variablesOf } from './tokens.ts';
import './base.css';
import './gate.css';
import './grid.css';
import './pages.css';
import './reports.css';
import './selling.css';
import './settle.css';
import './settings.css';
import './shell.css';

const antdLocales = { 'zh-CN': zhCN, 'zh-TW': withDays(zhTW, 'YYYY/MM/DD'), en: enUS };
// antd would pull two characters apart (保 存), but not beside an icon: the same word would look different from button to button.
const buttons = { autoInsertSpace: false };
const dayjsLocales = { 'zh-CN': 'zh-cn', 'zh-TW': 'zh-tw', en: 'en' };

/** Colours, sizes and antd's own words for everything on the screen. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  const [{ scheme, density }] = useAppearance();
  const isSystemDark = useSyncExternalStore(watchScheme, () => systemDark().matches);
  const dark = scheme === 'dark' || (scheme === 'system' && isSystemDark);
  const config = useMemo(() => themeOf(dark, density), [dark, density]);
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset.scheme = dark ? 'dark' : 'light';
    root.dataset.density = density;
    root.style.colorScheme = dark ? 'dark' : 'light';
    root.style.setProperty('--tp-row', `${rowHeightsPx[density]}px`);
    for (const [name, value] of Object.entries(variablesOf(dark))) root.style.setProperty(name, value);
  }, [dark, density]);
  useLayoutEffect(() => {
    dayjs.locale(dayjsLocales[language]);
  }, [language]);
  return (
    <ConfigProvider locale={antdLocales[language]} theme={config} componentSize="middle" button={buttons}>
      <App message={{ maxCount: 3 }} notification={{ placement: 'topRight', maxCount: 4 }}>
        {children}
      </App>
    </ConfigProvider>
  );
}

/** Writes days in calendars as they are written everywhere else on the screen. */
function withDays(locale: typeof zhTW, fieldDateFormat: string): typeof zhTW {
  const { DatePicker } = locale;
  return DatePicker ? { ...locale, DatePicker: { ...DatePicker, lang: { ...DatePicker.lang, fieldDateFormat } } } : locale;
}

const systemDark = () => window.matchMedia('(prefers-color-scheme: dark)');
const watchScheme = (listener: () => void) => {
  const query = systemDark();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};
