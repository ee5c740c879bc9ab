/** 整个表单的错误；请求编号可以复制，方便反馈。What went wrong, and the number to quote to support. */
Component({
  properties: { text: String, requestId: String },
  methods: {
    onCopy() {
      void wx.setClipboardData({ data: this.data.requestId });
    },
  },
});

export {};
