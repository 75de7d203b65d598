import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { Credential } from './credential.ts';

/**
 * What every client of an Azure SDK is made with: retrying is `withRetry`'s alone, no redirect is followed, and a token
 * that a service refuses is forgotten.
 */
export function clientOptions(credential?: Credential) {
  const policies = credential ? [{ policy: forgetRefusedToken(credential), position: 'perRetry' as const }] : [];
  return { retryOptions: { maxRetries: 0 }, redirectOptions: { maxRetries: 0 }, additionalPolicies: policies };
}

function forgetRefusedToken(credential: Credential): PipelinePolicy {
  return {
    name: 'forgetRefusedToken',
    async sendRequest(request, next) {
      const response = await next(request);
      const token = /^Bearer (.+)$/i.exec(request.headers.get('Authorization') ?? '')?.[1];
      if (response.status === 401 && token !== undefined) credential.forget(token);
      return response;
    },
  };
}
