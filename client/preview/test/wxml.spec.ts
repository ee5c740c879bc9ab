import { Templates } from '../src/bundle/wxml.js';

function problemsOf(source: string): string[] {
  const templates = new Templates(['view', 'text', 'button']);
  templates.add('pages/a/a', source, ['field']);
  return templates.problems;
}

describe('Templates', () => {
  it('finds nothing wrong with what is right', () => {
    expect(problemsOf('<view wx:for="{{list}}" wx:key="id"><text>{{item.name}}</text><field /></view>')).toEqual([]);
  });

  it.each([
    ['an unclosed tag', '<view><text>a</view>', /pages\/a\/a\.wxml:1:\d+/],
    [
      'an unclosed expression',
      '<view>\n<text>{{a</text></view>',
      /pages\/a\/a\.wxml:2:\d+: (missing expression end|unexpected)/,
    ],
    ['a tag that ends nowhere', '<view ', /incomplete tag/],
    ['a component nobody declared', '<view>\n\n<feild /></view>', /^pages\/a\/a\.wxml:3: <feild> is not a component$/],
    ['HTML', '<div />', /<div> is not a component/],
  ])('names %s and its line', (_, source, problem) => {
    expect(problemsOf(source)).toContainEqual(expect.stringMatching(problem));
  });

  it('leaves comments alone', () => {
    expect(problemsOf('<!-- <div> -->\n<view />')).toEqual([]);
  });
});
