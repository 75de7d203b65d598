/** What business mail is about. */
export const businessSubjects = [
  'Agenda for Monday',
  'Re: offer 2041',
  'Re: Re: delivery dates',
  'Minutes of the "steering" meeting',
  'Contract, second draft',
  'Quarterly figures',
  'Site visit next week',
  'Updated drawings',
  'Question about invoice 88213',
  'Order confirmation 55-2017',
  '会議の議題について',
  '关于发票的问题',
  'Angebot für Größe XL ✔',
  'Change to the schedule',
  'Thank you for your visit',
  'FW',
];

/** What colleagues write to each other about. */
export const internalSubjects = [
  'Lunch?',
  'Stand-up notes',
  'Re: holiday plan',
  'Room for Thursday',
  'Please review',
  'Handover',
  'Re: customer visit',
  'Printer on the second floor',
  'Roadmap',
  'Team photo',
  'Re: budget',
  'Draft for the board',
];

/** What automatic mail is about. */
export const bulkSubjects = ['Weekly digest', 'Your statement', 'New comments on your draft', 'Receipt', 'Reminder'];

/** What unwanted mail promises. */
export const spamSubjects = [
  'You have been selected',
  'Cheap watches, today only',
  'Grow your business with 10,000 followers',
  'Re: your loan',
  'Miracle cream',
  'Your prize is waiting 🎁',
  'Hot stock tip',
  'SEO for your website',
  '亲爱的朋友',
];
