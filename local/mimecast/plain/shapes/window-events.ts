import type { JsonObject } from '../../../../functions/tables/json.ts';
import { legacyTimeText } from '../../times.ts';

/** What the logs of one message share; `time` in epoch ms. */
export interface LogFrame {
  readonly time: number;
  readonly messageId: string;
  readonly sender: string;
  readonly recipient: string;
  readonly subject: string;
  readonly route: string;
}

/** A click on a link, or the scan of one at the gateway. */
export interface UrlLog {
  readonly url: string;
  readonly definition: string;
  readonly action: 'allow' | 'warn' | 'block';
  readonly actions: 'Allow' | 'Block' | 'None';
  readonly isMalicious: boolean;
  readonly category: string;
  readonly sendingIp: string;
  readonly userOverride: string;
  readonly awarenessAction: string;
  readonly isClick: boolean;
  readonly parts: readonly string[];
  readonly findings?: JsonObject | undefined;
}

/** An event of the TTP URL log. */
export function urlLog(frame: LogFrame, log: UrlLog): JsonObject {
  return {
    userEmailAddress: frame.recipient,
    fromUserEmailAddress: frame.sender,
    url: log.url,
    ttpDefinition: log.definition,
    subject: frame.subject,
    action: log.action,
    adminOverride: 'N/A',
    userOverride: log.userOverride,
    scanResult: log.isMalicious ? 'malicious' : 'clean',
    category: log.category,
    sendingIp: log.sendingIp,
    userAwarenessAction: log.awarenessAction,
    date: legacyTimeText(frame.time),
    actions: log.actions,
    route: frame.route,
    creationMethod: log.isClick ? 'User Click' : 'Entry Scan',
    emailPartsDescription: log.parts,
    messageId: frame.messageId,
    ...log.findings,
  };
}

/** What the sandbox said of a file. */
export interface AttachmentLog {
  readonly fileName: string;
  readonly mime: string;
  readonly sha256: string;
  readonly result: 'safe' | 'malicious' | 'unsafe' | 'timeout' | 'error';
  readonly actionTriggered: string;
  readonly seconds: number;
}

/** An event of the TTP attachment log. */
export function attachmentLog(frame: LogFrame, log: AttachmentLog): JsonObject {
  const verdict = `${log.result.slice(0, 1).toUpperCase()}${log.result.slice(1)}`.padEnd(50);
  return {
    senderAddress: frame.sender,
    recipientAddress: frame.recipient,
    fileName: log.fileName,
    fileType: log.mime,
    result: log.result,
    actionTriggered: log.actionTriggered,
    date: legacyTimeText(frame.time),
    details: `${verdict}\r\nTime taken: 0 hrs, 0 min, ${log.seconds} sec`,
    route: frame.route,
    messageId: frame.messageId,
    subject: frame.subject,
    fileHash: log.sha256,
    definition: 'Inbound - Safe file with On-Demand Sandbox',
  };
}

/** What was found of a sender who pretends to be somebody else; `likenesses`: whom or what he is like, if anybody. */
export interface ImpersonationLog {
  readonly id: string;
  readonly identifiers: readonly string[];
  readonly likenesses: readonly JsonObject[];
  readonly action: 'none' | 'hold' | 'bounce';
  readonly isTaggedExternal: boolean;
  readonly isTaggedMalicious: boolean;
  readonly senderIp: string;
}

/** An event of the TTP impersonation log. */
export function impersonationLog(frame: LogFrame, log: ImpersonationLog): JsonObject {
  return {
    id: log.id,
    senderAddress: frame.sender,
    recipientAddress: frame.recipient,
    subject: frame.subject,
    definition: 'IP - 1 hit (Tag email)',
    hits: log.identifiers.length,
    identifiers: log.identifiers,
    action: log.action,
    taggedExternal: log.isTaggedExternal,
    taggedMalicious: log.isTaggedMalicious,
    senderIpAddress: log.senderIp,
    eventTime: legacyTimeText(frame.time),
    impersonationResults: log.likenesses,
    messageId: frame.messageId,
  };
}

/** An event of data leak prevention. */
export function dlpLog(
  frame: LogFrame,
  log: { readonly policy: string; readonly action: DlpAction },
): JsonObject & { readonly action: DlpAction } {
  return {
    senderAddress: frame.sender,
    recipientAddress: frame.recipient,
    subject: frame.subject,
    eventTime: legacyTimeText(frame.time),
    route: frame.route,
    policy: log.policy,
    action: log.action,
    messageId: frame.messageId,
  };
}

export const dlpActions = ['hold', 'notification', 'block', 'delete', 'bounce', 'smart_folder'] as const;
export type DlpAction = (typeof dlpActions)[number];

/** An event of the audit log; `time` in epoch ms. */
export function auditEvent(what: {
  readonly id: string;
  readonly auditType: string;
  readonly category: string;
  readonly user: string;
  readonly time: number;
  readonly info: string;
}): JsonObject {
  const { id, auditType, user, time, info, category } = what;
  return { id, auditType, user, eventTime: legacyTimeText(time), eventInfo: info, category };
}
