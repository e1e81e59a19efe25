export function build(outdir?: string): Promise<void>;
export function buildAssets(outdir: string): Promise<void>;
