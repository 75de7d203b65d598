import { arrivalTime } from './arrival.ts';
import { arrays } from './arrays.ts';
import { bags } from './bags.ts';
import { bins } from './bins.ts';
import type { Builtins } from './builtin.ts';
import { codes } from './codes.ts';
import { conditions } from './conditions.ts';
import { conversions } from './conversions.ts';
import { dateFormats } from './date-formats.ts';
import { dateSteps } from './date-steps.ts';
import { dates } from './dates.ts';
import { networks } from './network.ts';
import { numbers } from './numbers.ts';
import { regexes } from './regexes.ts';
import { sets } from './sets.ts';
import { strings } from './strings.ts';

/** The scalar functions that the engine does. */
export const functions: Builtins = {
  ...conversions,
  ...conditions,
  ...numbers,
  ...bins,
  ...strings,
  ...regexes,
  ...dates,
  ...dateSteps,
  ...dateFormats,
  ...arrays,
  ...sets,
  ...bags,
  ...networks,
  ...codes,
  ...arrivalTime,
};
