import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE_BYTES = 8;
const COLOURS = 128;

/** A screenshot with the colours that matter, in a fraction of the bytes; pages of text need no more. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png);
  const palette = mostUsed(pixels).slice(0, COLOURS);
  const nearest = new Map(palette.map((colour, index) => [colour, index]));
  const rows = Buffer.alloc((width + 1) * height);
  pixels.forEach((colour, at) => {
    const index = nearest.get(colour) ?? nearestTo(colour, palette);
    nearest.set(colour, index);
    rows[at + Math.floor(at / width) + 1] = index;
  });
  return encode(width, height, palette, rows);
}

function decode(png: Buffer): { width: number; height: number; pixels: Uint32Array } {
  const chunks = [...chunksOf(png)];
  const header = chunks[0]!.data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = header[9] === 6 ? 4 : 3; // Chromium writes 8-bit RGB or RGBA, never interlaced
  const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  const stride = width * channels;
  const pixels = new Uint32Array(width * height);
  let above: Buffer = Buffer.alloc(stride);
  for (let y = 0; y < height; y++) {
    const begin = y * (stride + 1) + 1;
    const line = data.subarray(begin, begin + stride);
    unfilter({ line, above, channels, filter: data[begin - 1]! });
    for (let x = 0; x < width; x++) pixels[y * width + x] = line.readUIntBE(x * channels, 3);
    above = line;
  }
  return { width, height, pixels };
}

function* chunksOf(png: Buffer): Generator<{ type: string; data: Buffer }> {
  for (let at = SIGNATURE_BYTES; at < png.length; at += 12 + png.readUInt32BE(at)) {
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + png.readUInt32BE(at)) };
  }
}

interface FilteredLine {
  line: Buffer;
  above: Buffer;
  channels: number;
  filter: number;
}

type Guess = (left: number, up: number, leftAbove: number) => number;

/** The five filters of the PNG specification: what each takes a byte to be like. */
const GUESSES: readonly Guess[] = [
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, leftAbove) => {
    const toLeft = Math.abs(up - leftAbove);
    const toUp = Math.abs(left - leftAbove);
    const toBoth = Math.abs(left + up - 2 * leftAbove);
    if (toLeft <= toUp && toLeft <= toBoth) return left;
    return toUp <= toBoth ? up : leftAbove;
  },
];

/** Undoes the filter, in place. */
function unfilter({ line, above, channels, filter }: FilteredLine): void {
  const guess = GUESSES[filter]!;
  for (let at = 0; at < line.length; at++) {
    const isFirst = at < channels;
    const left = isFirst ? 0 : line[at - channels]!;
    const leftAbove = isFirst ? 0 : above[at - channels]!;
    line[at] = line[at]! + guess(left, above[at]!, leftAbove);
  }
}

function mostUsed(pixels: Uint32Array): number[] {
  const uses = new Map<number, number>();
  for (const colour of pixels) uses.set(colour, (uses.get(colour) ?? 0) + 1);
  return [...uses].sort(([, one], [, other]) => other - one).map(([colour]) => colour);
}

function nearestTo(colour: number, palette: number[]): number {
  let nearest = 0;
  let least = Infinity;
  for (const [index, other] of palette.entries()) {
    const red = (colour >> 16) - (other >> 16);
    const green = ((colour >> 8) & 255) - ((other >> 8) & 255);
    const blue = (colour & 255) - (other & 255);
    const distance = red * red + green * green + blue * blue;
    if (distance < least) [nearest, least] = [index, distance];
  }
  return nearest;
}

function encode(width: number, height: number, palette: number[], rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8); // eight bits a pixel, by palette
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
