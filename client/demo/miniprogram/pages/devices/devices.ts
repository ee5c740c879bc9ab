import { auth } from '../../auth';
import { emptyForm, run } from '../../forms/form';
import { type DeviceRow, deviceRows } from './device-row';

async function confirmed(content: string): Promise<boolean> {
  const { confirm } = await wx.showModal({ title: '下线设备', content, confirmText: '下线' });
  return confirm;
}

Page({
  data: { ...emptyForm(), devices: [] as DeviceRow[] },

  onShow() {
    return run(this, () => this.load());
  },

  async load() {
    this.setData({ devices: deviceRows(await auth.devices.list(), Date.now()) });
  },

  async onEnd({ currentTarget: { dataset } }: ItemEvent) {
    if (!(await confirmed(`${dataset.name} 将立即退出登录`))) return;
    await run(this, async () => {
      await auth.devices.end(dataset.id);
      await this.load();
    });
  },

  async onEndOthers() {
    if (!(await confirmed('除本机以外的设备都将立即退出登录'))) return;
    await run(this, async () => {
      await auth.devices.endOthers();
      await this.load();
    });
  },
});
