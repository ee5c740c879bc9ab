const keyOf = (userId: string) => `avatar:${userId}`;

/**
 * chooseAvatar 给的是临时文件。正式的小程序应上传到自己的存储，再把 https 地址存为 avatarUrl；示例只留在本机。
 * The avatar is a temporary file: a real mini-program uploads it and stores the https address as avatarUrl.
 */
export function keepAvatar(userId: string, path: string): void {
  wx.setStorageSync(keyOf(userId), path);
}

export function keptAvatar(userId: string): string {
  return wx.getStorageSync(keyOf(userId)) as string;
}
