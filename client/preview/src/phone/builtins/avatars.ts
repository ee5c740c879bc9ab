const COLOURS = ['#3a7d6b', '#b4572d', '#4a5fa8', '#8a4a86'];

/** A picture with the first letter of a name: nobody's photograph belongs into a preview. */
export function avatarOf(name: string): string {
  const colour = COLOURS[[...name].reduce((sum, letter) => sum + letter.codePointAt(0)!, 0) % COLOURS.length]!;
  const text = `<text x="50" y="66" font-size="46" font-family="sans-serif" fill="#fff" text-anchor="middle">${[...name].at(-1)}</text>`;
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="${colour}"/>${text}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}
