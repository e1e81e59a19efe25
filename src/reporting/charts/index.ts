export { GroupedBars, type GroupedBarsProps, HorizontalBars, type HorizontalBarsProps } from './bars.tsx';
export { FigureTable, PAPER_WIDTH, PictureWidthProvider, TableBesideProvider } from './chart-figure.tsx';
export { IntervalChart, type IntervalChartProps, type IntervalRow } from './interval-chart.tsx';
export { type MonthColumn, MonthColumns, type MonthColumnsProps } from './month-columns.tsx';
export { RunChart, type RunChartPoint, type RunChartProps, signalInWords } from './run-chart.tsx';
export { StackedShares, type StackedSharesProps } from './stacked-shares.tsx';
