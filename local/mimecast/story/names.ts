/** Who plays a part in the story: name and department. The first of the company's people are they, in this order. */
export const cast = {
  chiefExecutive: ['Margaret Holloway', 'Executive'],
  chiefFinance: ['Tobias Renner', 'Executive'],
  chiefOperations: ['Priya Raman', 'Executive'],
  mailAdministrator: ['Ines Duarte', 'Information Technology'],
  securityAdministrator: ['Karl Lindqvist', 'Information Technology'],
  helpDesk: ['Wanda Osei', 'Information Technology'],
  takenOver: ['Lena Brandt', 'Information Technology'],
  payroll: ['Nina Okafor', 'Finance'],
  payables: ['Samuel Petrie', 'Finance'],
  recruiter: ['Grace Whitfield', 'Human Resources'],
  leaver: ['Oscar Lindgren', 'Sales'],
  homeWorker: ['Dana Whitlock', 'Engineering'],
  bombed: ['Yusuf Karim', 'Sales'],
  infected: ['Beatriz Campos', 'Operations'],
  counsel: ['Hugo Marchetti', 'Legal'],
  untrained: ['Ruth Abernathy', 'Customer Care'],
  careless: ['Felix Nowak', 'Customer Care'],
  newcomer: ['Mei Tanaka', 'Marketing'],
  buyer: ['Aaron Blake', 'Operations'],
  planner: ['Clara Jensen', 'Operations'],
} as const satisfies Readonly<Record<string, readonly [name: string, department: string]>>;

/** First names of everybody else. */
export const firstNames = [
  'Adele Anton Asha Bela Bruno Camille Cedric Chidi Corinne Deniz Diego Edith Elif Emeka Esther Fiona Franka',
  'Gideon Hana Harriet Igor Ilse Ivan Jasmin Joon Jorge Kamala Katrin Kofi Lars Leila Liam Lucia Malik Marit',
  'Matteo Mina Nadia Niels Noor Olga Otto Paula Pavel Petra Rafael Rosalind Sana Sergio Sven Tamar Theo Tilda',
  'Umar Vera Viktor Wei Willa Xavier Yara Yusra Zofia',
].flatMap((line) => line.split(' '));

/** Last names of everybody else. */
export const lastNames = [
  'Adeyemi Almeida Bakker Barlow Becker Bianchi Brennan Castellan Chaudhry Cole Dimitrov Dubois Eriksen Farrow',
  'Fontaine Gallagher Garcia Grant Haddad Hartmann Hosseini Ibsen Ivanova Jarvis Kaplan Kowalski Laurent Lind',
  'Lorenz Macleod Meyer Mirza Moreau Nakamura Nilsson Novotny Oduya Osborne Park Pereira Quint Rahman Rossi',
  'Saito Sandoval Schreiber Sharma Silva Stroud Takeda Thorne Ueda Vargas Vasquez Vogel Wallin Webb Weiss Yilmaz',
  'Zimmer Zuniga',
].flatMap((line) => line.split(' '));
