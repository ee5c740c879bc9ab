/** 一个字段：标签、输入框、显示密码、错误提示。A label, an input and what is wrong with it. */
Component({
  properties: {
    name: String,
    label: String,
    value: String,
    type: { type: String, value: 'text' },
    placeholder: String,
    maxlength: { type: Number, value: 128 },
    password: Boolean,
    error: String,
    focus: Boolean,
    disabled: Boolean,
  },
  data: { isShown: false },
  methods: {
    onInput({ detail }: WechatMiniprogram.Input) {
      this.triggerEvent('change', { name: this.data.name, value: detail.value });
    },
    onBlur({ detail }: WechatMiniprogram.InputBlur) {
      this.triggerEvent('leave', { name: this.data.name, value: detail.value });
    },
    onConfirm() {
      this.triggerEvent('confirm', { name: this.data.name });
    },
    onToggle() {
      this.setData({ isShown: !this.data.isShown });
    },
  },
});

export {};
