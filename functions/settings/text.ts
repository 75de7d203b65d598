import * as z from 'zod';

type IsValid = (text: string) => boolean;

/** A setting that must be there. @param expected what it holds, as the words after "set it to" */
export function required(expected: string, isValid: IsValid = () => true) {
  return text(`set it to ${expected}`, isValid);
}

/** A setting that may be missing. */
export function optional(expected: string, isValid: IsValid) {
  return text(`set it to ${expected}, or remove it`, isValid).optional();
}

/** A setting that has a default. */
export function defaulted(fallback: string, expected: string, isValid: IsValid = () => true) {
  return text(`set it to ${expected}, or remove it for the default ${fallback}`, isValid).prefault(fallback);
}

// Blanks around a value come with copying; the value itself is never part of a message, since it may be a secret.
function text(advice: string, isValid: IsValid) {
  return z
    .string(`is missing: ${advice}`)
    .trim()
    .min(1, { message: `is blank: ${advice}`, abort: true })
    .refine(isValid, { message: `is malformed: ${advice}`, abort: true });
}

/** A check for texts that match as a whole. */
export function matching(pattern: RegExp): IsValid {
  return (value) => pattern.test(value);
}
