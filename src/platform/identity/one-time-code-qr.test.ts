import { create } from 'qrcode';
import { describe, expect, it } from 'vitest';
import { totpUri } from './one-time-code.ts';
import { qrCode } from './one-time-code-qr.ts';

const uri = totpUri({
  issuer: 'Homeward',
  account: 'a.person@borough.example',
  secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
});

/** Draws the path again, one character a module. */
function drawn({ size, path }: { size: number; path: string }): string[] {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => '·'));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    rows[Number(y)]?.fill('█', Number(x), Number(x) + Number(width));
  }
  return rows.map((row) => row.join(''));
}

describe('a QR code', () => {
  it('has every dark module of the symbol, in its place, and no other', () => {
    const { modules } = create(uri, { errorCorrectionLevel: 'M' });
    const rows = drawn(qrCode(uri));
    expect(rows.length).toBe(modules.size + 8);
    rows.forEach((row, y) => {
      [...row].forEach((module, x) => {
        const inside = x >= 4 && y >= 4 && x < modules.size + 4 && y < modules.size + 4;
        expect(module === '█').toBe(inside && modules.get(y - 4, x - 4) === 1);
      });
    });
  });

  it('has its finder patterns and its quiet zone', () => {
    const rows = drawn(qrCode(uri));
    const finder = ['███████', '█·····█', '█·███·█', '█·███·█', '█·███·█', '█·····█', '███████'];
    expect(rows.slice(4, 11).map((row) => row.slice(4, 11))).toEqual(finder);
    expect(rows.slice(4, 11).map((row) => row.slice(-11, -4))).toEqual(finder);
    expect(rows.slice(-11, -4).map((row) => row.slice(4, 11))).toEqual(finder);
    expect(rows.slice(0, 4).join('')).not.toContain('█');
    expect(rows.map((row) => row.slice(0, 4)).join('')).not.toContain('█');
  });

  it('is a path and nothing else, whatever the text', () => {
    expect(qrCode('"><script>').path).toMatch(/^[Mhvz0-9 -]+$/);
  });
});
