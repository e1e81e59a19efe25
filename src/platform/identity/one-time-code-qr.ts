import { create } from 'qrcode';

/** Light modules that scanners want on every side (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/**
 * A QR code as data for an SVG, so that a page draws it itself, with no raw HTML and nothing to fetch:
 * `<svg viewBox={`0 0 ${size} ${size}`}><path d={path} /></svg>`, dark on light whatever the theme, and with the
 * secret in text beside it for those who cannot scan.
 */
export type QrCode = {
  /** Width and height of the drawing, quiet zone included. */
  size: number;
  /** The `d` of a path that covers the dark modules. */
  path: string;
};

/** The QR code of a text of up to 2,000 characters. Up to 15% of it may be unreadable. */
export function qrCode(text: string): QrCode {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const runs: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; ) {
      const start = column;
      while (column < modules.size && modules.get(row, column)) column += 1;
      const width = column - start;
      if (width > 0) runs.push(`M${start + QUIET_ZONE} ${row + QUIET_ZONE}h${width}v1h-${width}z`);
      else column += 1;
    }
  }
  return { size: modules.size + 2 * QUIET_ZONE, path: runs.join('') };
}
