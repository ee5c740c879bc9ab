/**
 * What can go wrong on the phone itself: code without `client.`|Chinese|English|how the platform's `errno` and `errMsg`
 * say it, the most telling first. It is one text because that takes the fewest bytes.
 */
export const CLIENT_TEXTS = `privacy_undeclared|隐私保护指引未声明此项，请开发者在微信公众平台补充|Declare this in the privacy guidelines (mini-program console)|^112 |not declared
privacy_refused|同意隐私保护指引后才能使用此功能|Please agree to the privacy guidelines first|^104 |privacy perm
phone_quota|手机号验证暂不可用，请换一种登录方式|Phone login is unavailable, please use another way|^1400001 
interrupted|请求因切到后台而中断，请重试|Cut off in the background, please try again|interrupted
timeout|网络超时，请稍后重试|Timed out, please try again|timeout|timed out
domain_not_allowed|服务器域名未加入小程序的合法域名|The server's domain is not allowed|domain list
offline|网络不可用，请检查网络连接|No network connection
bad_answer|服务异常，请稍后重试|Service error, please try again later
login_required|请先登录|Please log in first
logged_out|已退出登录|You have logged out
user_changed|登录账号已变化，请重试|Another account has logged in, please try again
wechat_login_failed|微信登录失败，请重试|WeChat login failed, please try again
phone_refused|你取消了手机号授权|You did not allow the phone number
phone_failed|获取手机号失败，请重试|No phone number, please try again`;
