import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Catches what no page can show: a part that does not load, because the network is gone or the server has a newer page. */
export class Boundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useTranslation();
  return (
    <main className="splash">
      <h1 className="page-title">{t('broken')}</h1>
      <Button type="primary" onClick={() => location.reload()}>
        {t('retry')}
      </Button>
    </main>
  );
}
