import type { Queries } from '../databases/database.client';
import { Failure } from '../terminal/failure.domain';
import { FenceRepository, type FenceRow } from './fence.repository';

const fences = new FenceRepository();

export function readFence(database: Queries, topic?: string, partition?: number): Promise<FenceRow[]> {
  return fences.list(database, topic, partition);
}

/** @throws Failure where the service has no such partition */
export async function resetFence(database: Queries, topic: string, partition: number): Promise<void> {
  const rows = await fences.requestReset(database, topic, partition);
  if (rows === 0) throw new Failure(`This service has read nothing of ${topic}, partition ${partition}.`);
}
