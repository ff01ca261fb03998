import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { courseShape, keyToCount } from '../../../../renderer/panels/debugger/course-shape';
import { plotOf } from '../../../../renderer/panels/debugger/plot';

describe('the course of a run', () => {
  it('has a tick where something happened and none elsewhere', () => {
    const stretches = [0, 2, 1].map((imports) => ({ imports, sends: 0, depth: 1 }));
    const { imports, sends } = courseShape({ stretches }, { width: 300, height: 28 });
    expect(imports.match(/M[\d.]+/g)).toEqual(['M150', 'M250']);
    expect(sends).toBe('');
  });

  it('is moved along by keys, and never left', () => {
    const keys = fc.constantFrom('ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End');
    fc.assert(
      fc.property(fc.nat(), fc.nat(), keys, fc.boolean(), (end, at, key, shiftKey) => {
        const next = keyToCount({ key, shiftKey }, Math.min(at, end), end);
        expect(next).toBeGreaterThanOrEqual(0);
        expect(next).toBeLessThanOrEqual(end);
      }),
    );
    expect(keyToCount({ key: 'ArrowRight', shiftKey: false }, 0, 1000)).toBe(10);
    expect(keyToCount({ key: 'ArrowRight', shiftKey: true }, 0, 1000)).toBe(1);
    expect(keyToCount({ key: 'a', shiftKey: false }, 0, 1000)).toBeNull();
  });
});

describe('a plot', () => {
  const size = { width: 100, height: 10 };
  it('goes from the first moment to the last, between the least and the most', () => {
    const points = [1n, 3, 2].map((value, at) => ({ moment: at * 10, value }));
    expect(plotOf(points, size)).toEqual({ path: 'M0.0 10.0L50.0 0.0L100.0 5.0', least: 1, most: 3 });
  });

  it('leaves out what is no number, and is none for less than two', () => {
    expect(
      plotOf(
        [
          { moment: 0, value: 1 },
          { moment: 1, value: 'x' },
        ],
        size,
      ),
    ).toBeNull();
  });
});
