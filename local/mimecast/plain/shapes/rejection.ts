import type { JsonObject } from '../../../../functions/tables/json.ts';

/** Why a message was refused. */
export interface Rejection {
  readonly code: string;
  readonly info: string;
  readonly kind: string;
}

/** The rejection as events tell of it; nulls when there was none. */
export function rejected(rejection: Rejection | undefined): JsonObject {
  return {
    rejectionCode: rejection?.code ?? null,
    rejectionInfo: rejection?.info ?? null,
    rejectionType: rejection?.kind ?? null,
  };
}
