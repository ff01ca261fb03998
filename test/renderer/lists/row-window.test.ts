import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsToDraw, scrollTopToShow } from '../../../renderer/lists/row-window';

const natural = fc.nat({ max: 2_000_000 });

describe('the window on a list of equal rows', () => {
  it('holds every row that is on the screen, and never many more', () => {
    fc.assert(
      fc.property(natural, fc.integer({ min: 1, max: 200 }), natural, (top, fit, count) => {
        const { first, last } = rowsToDraw({ top, fit }, count);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeLessThan(Math.max(count, 0) + (count === 0 ? 0 : 1));
        expect(last - first + 1).toBeLessThanOrEqual(fit + 20);
        for (const row of [top, top + fit - 1].filter((each) => each < count && top <= count - fit)) {
          expect(row >= first && row <= last).toBe(true);
        }
      }),
    );
  });

  it('is empty without rows', () => {
    const { first, last } = rowsToDraw({ top: 5, fit: 10 }, 0);
    expect(last).toBeLessThan(first);
  });

  it('shows a row whole with the least movement', () => {
    const place = { height: 100, rowHeight: 20 };
    expect(scrollTopToShow(3, { scrollTop: 0, ...place })).toBe(0);
    expect(scrollTopToShow(5, { scrollTop: 0, ...place })).toBe(20);
    expect(scrollTopToShow(2, { scrollTop: 90, ...place })).toBe(40);
    expect(scrollTopToShow(5, { scrollTop: 0, ...place, margin: 1 })).toBe(40);
    expect(scrollTopToShow(5, { scrollTop: 0, ...place, margin: 9 })).toBe(60);
    expect(scrollTopToShow(1, { scrollTop: 90, ...place, margin: 9 })).toBe(0);
    fc.assert(
      fc.property(natural, natural, (index, scrollTop) => {
        const to = scrollTopToShow(index, { scrollTop, ...place });
        expect(index * 20 >= to && index * 20 + 20 <= to + 100).toBe(true);
      }),
    );
  });
});
