import { auth } from './auth';
import { watchPrivacy } from './components/privacy-popup/privacy-queue';

App({
  /** 启动即静默登录；失败也不抛出，页面自己会看到。Silent login at launch. */
  onLaunch() {
    watchPrivacy();
    void auth.ready();
  },
});
