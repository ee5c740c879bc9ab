/** What can go wrong on the phone itself: code|Chinese|English. */
export const CLIENT_TEXTS = `client.offline|网络不可用，请检查网络连接|The network is not available
client.timeout|网络超时，请稍后重试|The network timed out, please try again
client.interrupted|请求因切到后台而中断，请重试|The request was cut off in the background, please try again
client.bad_answer|服务返回了无法识别的内容，请稍后重试|The server's answer makes no sense, please try again
client.domain_not_allowed|服务器域名不在小程序的合法域名列表中|The domain is not on this mini-program's list of allowed domains
client.login_required|请先登录|Please log in first
client.logged_out|已退出登录|You have logged out
client.user_changed|登录账号已变化，请重试|Another account has logged in, please try again
client.wechat_login_failed|微信登录失败，请重试|WeChat login failed, please try again
client.phone_refused|你取消了手机号授权|You did not allow the phone number
client.phone_quota|手机号快捷验证暂不可用，请使用其他登录方式|Phone verification is not available now, please log in another way
client.phone_failed|获取手机号失败，请重试|The phone number could not be read, please try again
client.privacy_refused|需要同意隐私保护指引后才能使用此功能|Please agree to the privacy guidelines first
client.privacy_undeclared|小程序的用户隐私保护指引未声明此项，请在微信公众平台补充|This use is missing from the privacy guidelines; declare it in the mini-program console`;
