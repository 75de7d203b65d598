import { useEffect, useRef, useState } from 'preact/hooks';

/** A value that follows another one, but changes at most every `pauseMs`. */
export function usePaced(value: number, pauseMs: number): number {
  const latest = useRef(value);
  const [paced, setPaced] = useState(value);
  latest.current = value;
  useEffect(() => {
    const timer = setInterval(() => setPaced(latest.current), pauseMs);
    return () => clearInterval(timer);
  }, [pauseMs]);
  return paced;
}
