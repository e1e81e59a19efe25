/** Where a provider answers an allocation: takes it up, or hands it back. */
export function allocationAddress(allocationId: string, task?: 'hand-back'): string {
  return task === undefined ? `/allocations/${allocationId}` : `/allocations/${allocationId}/${task}`;
}

/** Where a manager sees how much somebody of the provider carries, or does something about it. */
export function workerOfProviderAddress(workerId: string, task?: 'move' | 'cover'): string {
  return task === undefined ? `/workers/${workerId}` : `/workers/${workerId}/${task}`;
}
