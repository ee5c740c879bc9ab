import { type Decision, decide, openWith } from './privacy-queue';

const DEFAULT_CONTRACT = '《用户隐私保护指引》';

/** 放在用到手机号、头像、昵称的页面里；同时有几处在等时只问一次。For each page that asks for something private. */
Component({
  data: { isOpen: false, contract: DEFAULT_CONTRACT },
  lifetimes: {
    attached() {
      openWith(() => this.open());
    },
  },
  pageLifetimes: {
    show() {
      openWith(() => this.open());
    },
  },
  methods: {
    open() {
      this.setData({ isOpen: true });
      wx.getPrivacySetting({
        success: ({ privacyContractName }) => this.setData({ contract: privacyContractName || DEFAULT_CONTRACT }),
      });
    },
    onRead() {
      wx.openPrivacyContract({});
    },
    /** 微信只认真正点过的同意按钮，所以要告诉它按钮的 id。WeChat wants the id of a button that was really tapped. */
    onAgree() {
      this.close({ event: 'agree', buttonId: 'agree-privacy' });
    },
    onRefuse() {
      this.close({ event: 'disagree' });
    },
    close(decision: Decision) {
      this.setData({ isOpen: false });
      decide(decision);
    },
  },
});
