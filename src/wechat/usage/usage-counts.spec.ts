import { chinaDay, UsageCounts } from './usage-counts.js';

describe('chinaDay', () => {
  it.each([
    ['2026-03-01T15:59:59.999Z', '2026-03-01'],
    ['2026-03-01T16:00:00.000Z', '2026-03-02'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ])('takes %s for %s', (time, day) => {
    expect(chinaDay(new Date(time))).toBe(day);
  });
});

describe('UsageCounts', () => {
  const call = { appId: 'wx1', endpoint: '/a', outcome: 'ok' };
  const [early, late] = [new Date('2026-03-01T01:00:00Z'), new Date('2026-03-01T02:00:00Z')];

  it('adds up what is alike and keeps the time of the last', () => {
    const counts = new UsageCounts();
    counts.add(call, late);
    counts.add(call, early, 4);
    counts.add({ ...call, outcome: '40029' }, early);

    expect(counts.take()).toEqual([
      { ...call, outcome: '40029', day: '2026-03-01', calls: 1, lastAt: early },
      { ...call, day: '2026-03-01', calls: 5, lastAt: late },
    ]);
    expect(counts.isEmpty).toBe(true);
  });
});
