import { Flex, Spin } from 'antd';
import { Logo } from './Logo.tsx';

/** What stands on the screen while the program is fetched. */
export function Splash() {
  return (
    <Flex vertical align="center" justify="center" gap={20} style={{ height: '100%' }}>
      <Logo size={56} />
      <Spin />
    </Flex>
  );
}
