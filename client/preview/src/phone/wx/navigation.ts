import { stack } from '../stack.js';
import { answer, WxError } from './answer.js';

function go<T extends { url: string }>(name: string, move: (url: string) => void) {
  return (option: T): never =>
    answer(
      name,
      option,
      // Later, as on a phone: what the page does after the call it still does on the old page.
      Promise.resolve().then(() => {
        if (!stack.knows(option.url)) throw new WxError(`page "${option.url}" is not found`);
        move(option.url);
        return {};
      }),
    );
}

/** From page to page. */
export const navigationApi = {
  navigateTo: go<WechatMiniprogram.NavigateToOption>('navigateTo', (url) => stack.push(url)),
  redirectTo: go<WechatMiniprogram.RedirectToOption>('redirectTo', (url) => stack.replace(url)),
  reLaunch: go<WechatMiniprogram.ReLaunchOption>('reLaunch', (url) => stack.restart(url)),
  navigateBack: (option?: WechatMiniprogram.NavigateBackOption) =>
    answer(
      'navigateBack',
      option,
      Promise.resolve().then(() => {
        stack.back(option?.delta ?? 1);
        return {};
      }),
    ),
  setNavigationBarTitle: (option: WechatMiniprogram.SetNavigationBarTitleOption) => {
    stack.setTitle(option.title);
    return answer('setNavigationBarTitle', option, {});
  },
};
