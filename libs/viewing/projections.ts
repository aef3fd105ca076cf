import { queueProjection, statsProjection, verdictsProjection, type Projection } from '#libs/projections';
import { candidatesProjection } from '#libs/projections/candidates';

/** Every view of the hub. */
export function allProjections(): readonly Projection[] {
  return [verdictsProjection, statsProjection, queueProjection, candidatesProjection];
}
