import { statsProjection, verdictsProjection, type Projection } from '#libs/projections';

/** Every view of the hub. */
export function hubProjections(): readonly Projection[] {
  return [verdictsProjection, statsProjection];
}
