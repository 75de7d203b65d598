/** Where an address is, as `geo_info_from_ip_address` says it. */
export interface Place {
  readonly country: string;
  readonly state: string;
  readonly city: string;
  readonly latitude: number;
  readonly longitude: number;
}

function place(country: string, state: string, city: string, latitude: number, longitude: number): Place {
  return { country, state, city, latitude, longitude };
}

const home = place('United Kingdom', 'England', 'London', 51.51, -0.13);

/** Where the simulated partners and strangers sit. */
const world: readonly Place[] = [
  place('United Kingdom', 'England', 'Manchester', 53.48, -2.24),
  place('United States', 'Illinois', 'Chicago', 41.88, -87.63),
  place('Germany', 'Hamburg', 'Hamburg', 53.55, 9.99),
  place('France', 'Auvergne-Rhone-Alpes', 'Lyon', 45.76, 4.84),
  place('Netherlands', 'South Holland', 'Rotterdam', 51.92, 4.48),
  place('United States', 'California', 'San Jose', 37.34, -121.89),
  place('Ireland', 'Leinster', 'Dublin', 53.35, -6.26),
  place('Poland', 'Masovia', 'Warsaw', 52.23, 21.01),
  place('Spain', 'Catalonia', 'Barcelona', 41.39, 2.17),
  place('Canada', 'Ontario', 'Toronto', 43.65, -79.38),
  place('Japan', 'Osaka', 'Osaka', 34.69, 135.5),
  place('Australia', 'Victoria', 'Melbourne', -37.81, 144.96),
  place('Brazil', 'Sao Paulo', 'Sao Paulo', -23.55, -46.63),
  place('South Africa', 'Gauteng', 'Johannesburg', -26.2, 28.05),
  place('India', 'Karnataka', 'Bengaluru', 12.97, 77.59),
  place('Singapore', '', 'Singapore', 1.35, 103.82),
  place('Sweden', 'Stockholm', 'Stockholm', 59.33, 18.07),
  place('Italy', 'Lombardy', 'Milan', 45.46, 9.19),
];

/** Where the simulated attackers' servers stand. */
const attackers: readonly Place[] = [
  place('Iceland', 'Capital Region', 'Reykjavik', 64.15, -21.94),
  place('Panama', 'Panama', 'Panama City', 8.98, -79.52),
  place('Seychelles', 'Mahe', 'Victoria', -4.62, 55.45),
  place('Malaysia', 'Kuala Lumpur', 'Kuala Lumpur', 3.14, 101.69),
];

/**
 * SIMULATED: invented places for the addresses of the simulated company. They lie in ranges that belong to nobody
 * (RFC 5737, RFC 2544, RFC 3849), so no real database knows them; any other address has no place here.
 */
export function simulatedGeo(address: string): Place | undefined {
  const [a, b, c, d] = address.split('.').map(Number);
  const net = `${a}.${b}.${c}`;
  if (net === '192.0.2' || net === '203.0.113' || address.startsWith('2001:db8:')) return home;
  if (net === '198.51.100') return attackers[(d ?? 0) % attackers.length];
  if (a === 198 && b === 18) return world[(c ?? 0) % world.length];
  if (a === 198 && b === 19) return world[((c ?? 0) * 7 + 3) % world.length];
  return undefined;
}
