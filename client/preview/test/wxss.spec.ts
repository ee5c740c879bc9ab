import { compileWxss, wxssProblems } from '../src/bundle/wxss.js';

const TAGS = ['view', 'button'];

describe('compileWxss', () => {
  it('makes rpx a part of the width, negative and broken ones too', () => {
    expect(compileWxss('.a { margin: -1.5rpx 20rpx; }', TAGS, 'everywhere')).toBe(
      '.a { margin: calc(-1.5 * var(--rpx)) calc(20 * var(--rpx)); }',
    );
  });

  it('gives tags the names they have in the DOM, and leaves classes of the same name alone', () => {
    expect(compileWxss('button.a, .button > view { color: red; }', TAGS, 'everywhere')).toBe(
      'wx-button.a, .button > wx-view { color: red; }',
    );
  });

  it('keeps the rules of a page on that page, and its animations outside', () => {
    const css = compileWxss('page { color: red; }\n@keyframes turn { to { left: 0; } }\n.a { top: 0; }', TAGS, {
      page: 'pages/a/a',
    });
    expect(css).toMatch(/^@keyframes turn/);
    expect(css).toContain('.page[data-page="pages/a/a"] {& { color: red; }');
  });

  it('gives the classes of a component the names the framework gives them', () => {
    expect(compileWxss('.a .b { width: .5px; }', TAGS, { component: 'components/x/x' })).toBe(
      '.components-x-x--a .components-x-x--b { width: .5px; }',
    );
  });
});

describe('wxssProblems', () => {
  it('finds nothing wrong with what is right', () => {
    expect(wxssProblems('/* } */\n.a {\n  background: linear-gradient(\n    red,\n    blue\n  );\n}\n')).toEqual([]);
  });

  it.each([
    ['.a {\n  color: red;\n', '3: "}" is missing'],
    ['.a {\n}\n}\n', '3: "}" closes nothing'],
    ['.a {\n  color: red\n  top: 0;\n}', '2: ";" is missing'],
    ['.a {\n  top: 10rxp;\n}', '2: "10rxp" is no length'],
    ['* {\n  top: 0;\n}', '1: WXSS knows no "*" selector'],
  ])('%j: %s', (source, problem) => {
    expect(wxssProblems(source)).toContain(problem);
  });
});
