import type { FigureBlock } from './report-document.ts';
import type { MeasureFigures, ReportFigures } from './report-figures.ts';

interface FigureDrawingProps {
  block: FigureBlock;
  measure: MeasureFigures;
  figures: ReportFigures;
}

/** The chart or the map of a figure; nothing where its tables say all there is. */
export function FigureDrawing(_props: FigureDrawingProps) {
  return null;
}
