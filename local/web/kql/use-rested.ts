import { useEffect, useState } from 'preact/hooks';

const restMs = 500;

/** Whether a text has stayed as it is for a moment: a word that is half written is not yet wrong. */
export function useRested(text: string): boolean {
  const [rested, setRested] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested === text;
}
