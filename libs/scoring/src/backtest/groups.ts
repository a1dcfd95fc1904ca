import type { ContractType } from '../probability/churn-model';
import { auc } from './ranking';
import type { GroupReport } from './report';

export interface GroupedPrediction {
  readonly segment: string;
  readonly contract: ContractType;
  readonly probability: number;
  readonly lost: boolean;
}

/** By segment and kind of contract, largest group first: contract alone ranks well, so a model must also rank within. */
export function groupsOf(predictions: readonly GroupedPrediction[]): GroupReport[] {
  const groups = [...Map.groupBy(predictions, ({ segment, contract }) => `${segment}\n${contract}`).values()];
  return groups
    .map((own): GroupReport => {
      const lost = own.filter((one) => one.lost).length;
      const area = auc(own);
      return {
        segment: own[0]?.segment ?? '',
        contract: own[0]?.contract ?? '',
        n: own.length,
        lost,
        auc: Number.isNaN(area) ? null : area,
        expected: own.reduce((sum, one) => sum + one.probability, 0),
      };
    })
    .sort((a, b) => b.n - a.n);
}
