/** What an estimate assumes, in sentences, the most weighty first. Pure. */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { ProjectionInputs } from '../../domain/projection-inputs.ts';
import type { CoarseModel } from './coarse-model.ts';

export function assumptionsOf(inputs: ProjectionInputs, model: CoarseModel): readonly string[] {
  const isRoot = inputs.netuid === ROOT_NETUID;
  const [subnet] = model.subnets;
  const found: string[] = [];
  if (!isRoot && subnet?.isEligible === false) {
    found.push('The subnet gets no emission now, and none later.');
  }
  if (model.isAssumed) {
    found.push(
      'An epoch that shows what validators earn is missing: all stake is taken to earn alike.',
    );
  } else if (!model.targetEarns) {
    found.push('The validator earned nothing at the last epoch, and earns nothing later.');
  }
  if (model.withoutIncentive) {
    found.push(
      'The last epoch paid no miner, so validators got that part too, and go on getting it.',
    );
  }
  found.push(
    isRoot
      ? 'Root dividends of this stake are claimed, sold and restaked as they are paid, at prices that only the chain moves.'
      : 'Expected is what the chain does by itself: it injects, buys and pays, and nobody else trades; the range says what trading may do to that.',
    'Every validator goes on earning, per alpha it holds, as it did at the last epoch, at its take.',
    'Other stakes grow by their dividends and nothing else; nobody enters or leaves.',
    isRoot
      ? 'Emission, halvings, owner cuts and root proportions follow the rules of the chain.'
      : 'Emission, halvings, owner cut and root proportion follow the rules of the chain; other subnets keep their EMA prices.',
    'Transaction fees, locks and the end of a subnet are left out.',
  );
  return found;
}
