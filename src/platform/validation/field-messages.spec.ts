import { IsString, MinLength, validate } from 'class-validator';
import { fieldMessage } from './field-messages.js';
import { MaxLength } from './max-length.js';

class Texts {
  @MaxLength(12)
  @MinLength(3)
  @IsString()
  text: unknown;
}

async function messagesFor(text: unknown) {
  const [error] = await validate(Object.assign(new Texts(), { text }), { stopAtFirstError: true });
  return Object.entries(error?.constraints ?? {}).map(([rule, message]) => fieldMessage(rule, message));
}

describe('fieldMessage', () => {
  it("takes the number from class-validator's own words", async () => {
    expect(await messagesFor('ab')).toEqual([{ zh: '至少 3 个字符', en: 'must be at least 3 characters' }]);
    expect(await messagesFor('x'.repeat(13))).toEqual([{ zh: '最多 12 个字符', en: 'must be at most 12 characters' }]);
    expect(await messagesFor(0)).toEqual([{ zh: '须为字符串', en: 'must be a string' }]);
  });

  it.each([
    'isString',
    'isText',
    'isEmail',
    'isUuid',
    'isObject',
    'nestedValidation',
    'isIn',
    'isInt',
    'isMoment',
    'isUsername',
  ])('knows %s in two languages', (rule) => {
    const { zh, en } = fieldMessage(rule, '');

    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/^(must|is|contains) /);
    expect(zh).not.toBe('格式不正确');
  });

  it.each(['somethingNew', 'IsString', ''])('says that %j is not valid, and no more', (rule) => {
    expect(fieldMessage(rule, 'username hunter2 is wrong')).toEqual({ zh: '格式不正确', en: 'is not valid' });
  });
});
