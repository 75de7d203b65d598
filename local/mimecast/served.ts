import type { JsonObject } from '../../functions/tables/json.ts';

/** An event the tenant can serve, from when on (epoch ms). */
export interface Served {
  readonly event: JsonObject;
  readonly availableAt: number;
}
