/** What happens every day, in words. */
export const everyday: readonly string[] = [
  'Mail with partners, between colleagues and to customers, in working hours. A message is received, processed and handed on under one `aggregateId`; one between colleagues is journaled too. Some files go through the sandbox, and a few safe ones are held and released.',
  'Newsletters to a handful of readers each, and mail of systems whose senders are permitted.',
  'Spam, refused at the door (the text of the refusal stands in `virusFound`) or recognised and held; nobody gets much of it.',
  'Phishing to one person at a time: refused for its QR code, held, or delivered and then blocked at the click, or warned of. Links are also scanned when a message arrives; nobody has clicked then, whatever the scan says.',
  'Malware to one person at a time, each file another: refused by its signature, or held by the sandbox.',
  'Senders who look like others: one faint sign is only marked; whoever is plainly like a colleague is held or bounced.',
  'A suspicious message forwarded to the help desk, whose link is then found in internal mail.',
  'Single messages held by data leak prevention, some released; notifications of mail between colleagues; messages that came back.',
  'Logons from the office and from home: now and then a mistyped password, sometimes three times, then a success from the same place; somebody on a journey logs on from elsewhere at once.',
  'The administrators change policies and groups, search the archive, download feeds; what comes round every week has its day.',
  'One event in twenty can be read up to 15 minutes late.',
];
