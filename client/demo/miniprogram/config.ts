/**
 * wx-login 服务端的地址。真机调试时换成手机能访问的地址；发布时必须是 https，并在小程序后台登记为 request 合法域名。
 * Where the wx-login server answers; the only place that says so.
 */
export const API_BASE_URL = 'http://127.0.0.1:3000';
