// The stems that leaked-password lists are full of. A policy with three kinds of characters turns them into
// "Password1!" and "P@ssw0rd2024", so the stem is compared, not the whole password.
const STEMS = new Set(
  `password passwd passw passwort contrasena senha motdepasse mima admin administrator root user guest test testing
  qwerty qwertyuiop qwert qwer qwe asdfgh asdfghjkl asdf asd zxcvbn zxcvbnm zxcv zxc qweasd qweasdzxc
  zaqxsw qazwsx qazwsxedc qaz wsx abc abcd abcde abcdef abcdefg abcdefgh
  letmein welcome login iloveyou loveyou lovely love monkey dragon master hello helloworld sunshine princess
  football baseball basketball soccer superman batman starwars trustno whatever shadow michael jordan michelle ashley
  charlie daniel thomas robert jessica jennifer hunter ranger buster tigger cheese pepper ginger computer internet
  samsung apple google android windows microsoft facebook twitter wechat weixin tencent taobao alibaba baidu secret wxlogin
  changeme default temp temporary system server database oracle mysql freedom flower summer winter spring autumn
  january february march april june july august september october november december monday friday sunday china beijing
  shanghai woaini woaiwojia aini nihao wangyut asdasd zhang wang li chen liu yang huang zhao wu zhou xu sun`.split(
    /\s+/,
  ),
);

const LOOKALIKES: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

const ONE_LETTER = /^(.)\1*$/u; // "Aa@123456"

/** True when the password is a common one with digits, punctuation or look-alike characters added. */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  const trimmed = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const spelled = [...trimmed].map((character) => LOOKALIKES[character] ?? character).join('');
  const [typed, meant] = [trimmed, spelled].map((text) => text.replace(/[^\p{L}]/gu, '')) as [string, string];
  return ONE_LETTER.test(typed) || [trimmed, spelled, typed, meant].some((stem) => stem === '' || STEMS.has(stem));
}
