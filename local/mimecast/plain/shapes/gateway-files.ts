import type { Json, JsonObject } from '../../../../functions/tables/json.ts';
import { type Envelope, said, senderOf } from './gateway-event.ts';

/** A file in a message. */
export interface FileFacts {
  readonly name: string;
  readonly extension: string;
  readonly mime: string;
  readonly bytes: number;
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
}

/** A virus was found in a file. */
export function av(
  mail: Envelope,
  file: FileFacts,
  how: { readonly virus: string; readonly isFromInside: boolean },
): JsonObject {
  return {
    emailSize: said(file.bytes + 4000),
    ...plainFile(file),
    messageId: mail.messageId,
    recipients: mail.recipients,
    ...senderOf(mail),
    senderDomainInternal: said(how.isFromInside),
    subtype: null,
    virusFound: how.virus,
  };
}

/** An attachment was found to be dangerous; newer events say more about its message, most say nothing of it. */
export function attachmentProtect(file: FileFacts, mail: Envelope | undefined): JsonObject {
  const plain = { ...plainFile(file), subtype: null };
  if (!mail) return plain;
  return {
    ...plain,
    fileMime: file.mime,
    messageId: mail.messageId,
    recipient: mail.recipients,
    ...senderOf(mail),
    sizeAttachment: said(file.bytes),
  };
}

function plainFile({ extension, name, md5, sha1, sha256 }: FileFacts): Record<string, Json> {
  return { fileExtension: extension, fileName: name, md5, sha1, sha256 };
}
