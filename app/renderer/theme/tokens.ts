import { type ThemeConfig, theme } from 'antd';
import { type Density, rowHeightsPx } from '../ui/appearance.ts';

/** The antd theme of a scheme and density. */
export function themeOf(dark: boolean, density: Density): ThemeConfig {
  const compact = density === 'compact';
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...(dark ? darkColors : lightColors),
      borderRadius: 6,
      fontSize: compact ? 13 : 14,
      controlHeight: controlHeightsPx[density],
      fontFamily,
      wireframe: false,
    },
    components: {
      Layout: {
        headerHeight: 48,
        headerPadding: '0 12px',
        headerBg: 'var(--tp-bar)',
        siderBg: 'var(--tp-bar)',
        bodyBg: 'var(--tp-ground)',
      },
      Menu: {
        itemHeight: compact ? 28 : 36,
        itemMarginBlock: 1,
        itemMarginInline: 8,
        itemBorderRadius: 6,
        itemBg: 'transparent',
        subMenuItemBg: 'transparent',
        activeBarBorderWidth: 0,
        groupTitleFontSize: 12,
        ...(dark
          ? { itemSelectedColor: '#a9c6ff', subMenuItemSelectedColor: '#a9c6ff', itemSelectedBg: '#26385a' }
          : { itemSelectedColor: '#1d4789', subMenuItemSelectedColor: '#1d4789', itemSelectedBg: '#e4ecf9' }),
      },
      Table: { cellPaddingBlockSM: Math.max(2, (rowHeightsPx[density] - 22) / 2), cellPaddingInlineSM: 8, headerBg: 'var(--tp-head)' },
      Card: { headerFontSize: 14, headerHeight: 44, bodyPadding: 16 },
      Form: { itemMarginBottom: compact ? 14 : 20, labelColor: 'var(--tp-soft)' },
      Tabs: dark ? { itemSelectedColor: '#a9c6ff', inkBarColor: '#7fa8f5' } : {},
      Modal: { titleFontSize: 16 },
      Dropdown: dark ? { colorPrimary: '#a9c6ff', controlItemBgActive: '#26385a', controlItemBgActiveHover: '#2c4270' } : {},
      // White on the light red of the dark scheme would be too faint.
      Button: dark ? { dangerColor: '#2a0c0c' } : {},
    },
  };
}

const controlHeightsPx: Record<Density, number> = { compact: 28, standard: 32, roomy: 38 };

const fontFamily =
  "'Segoe UI', 'PingFang SC', 'PingFang TC', 'Microsoft YaHei UI', 'Microsoft JhengHei UI', 'Noto Sans CJK SC', 'Noto Sans SC', system-ui, sans-serif";

const lightColors = {
  colorPrimary: '#2557a7',
  colorInfo: '#2557a7',
  colorLink: '#1d56b3',
  colorLinkHover: '#153f86',
  colorLinkActive: '#153f86',
  colorSuccess: '#21764a',
  // What is derived from so dark a green, blue and brown is grey.
  colorSuccessBg: '#e8f4ed',
  colorSuccessBorder: '#a9d3bb',
  colorInfoBg: '#e9f0fa',
  colorInfoBorder: '#b3c9ea',
  colorWarning: '#b26a00',
  colorWarningBg: '#fdf4e2',
  colorWarningBorder: '#e9cb94',
  colorError: '#c02f2f',
  colorBgLayout: '#f3f5f8',
  colorText: '#1b2430',
  colorTextSecondary: '#4a5565',
  colorTextTertiary: '#5f6b7a',
  colorTextDescription: '#5f6b7a',
  colorTextPlaceholder: '#6b7685',
  colorBorder: '#ccd3dd',
  colorBorderSecondary: '#e4e8ee',
};

const darkColors = {
  colorPrimary: '#3b72d9',
  colorInfo: '#3b72d9',
  colorLink: '#8db4fb',
  colorLinkHover: '#b3cdfd',
  colorLinkActive: '#b3cdfd',
  colorSuccess: '#4fae7b',
  colorWarning: '#dd9a3a',
  colorError: '#f28b8b',
  colorBgLayout: '#12161c',
  colorBgContainer: '#1a2028',
  colorBgElevated: '#232b36',
  colorText: '#e6eaf0',
  colorTextSecondary: '#bcc5d1',
  colorTextTertiary: '#9aa6b5',
  colorTextDescription: '#9aa6b5',
  colorTextPlaceholder: '#8f9bab',
  colorBorder: '#3d4857',
  colorBorderSecondary: '#2c3542',
};

/** The colours our own styles use, by the name of their CSS variable. */
export function variablesOf(dark: boolean): Record<string, string> {
  const colors = dark ? darkColors : lightColors;
  return {
    '--tp-font': fontFamily,
    '--tp-ground': colors.colorBgLayout,
    '--tp-paper': dark ? darkColors.colorBgContainer : '#ffffff',
    '--tp-bar': dark ? '#171c24' : '#ffffff',
    '--tp-head': dark ? '#202833' : '#f6f8fb',
    '--tp-hover': dark ? '#222b37' : '#f3f7fd',
    '--tp-chosen': dark ? '#26385a' : '#e4ecf9',
    '--tp-line': colors.colorBorderSecondary,
    '--tp-edge': colors.colorBorder,
    '--tp-ink': colors.colorText,
    '--tp-soft': colors.colorTextSecondary,
    '--tp-faint': colors.colorTextTertiary,
    '--tp-link': colors.colorLink,
    '--tp-link-hover': colors.colorLinkHover,
    '--tp-strong': dark ? '#8db4fb' : colors.colorPrimary,
    '--tp-badge': dark ? '#3b72d9' : colors.colorPrimary,
    '--tp-error': colors.colorError,
    '--tp-warning': colors.colorWarning,
    '--tp-success': colors.colorSuccess,
    '--tp-shade': dark ? '0 1px 3px rgb(0 0 0 / 40%)' : '0 1px 2px rgb(16 32 64 / 6%)',
  };
}
