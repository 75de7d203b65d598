import { useEffect, useState } from 'preact/hooks';
import type { AlertsAnswer } from '../../server/alerts.ts';
import { readAlerts } from '../api.ts';
import { usePaced } from '../paced.ts';

const pauseMs = 5000;

/** The alerts and incidents, read again while time goes on. @param now changes when something may have happened */
export function useAlerts(now: number): { readonly all: AlertsAnswer | undefined; readonly problem: string } {
  const [all, setAll] = useState<AlertsAnswer>();
  const [problem, setProblem] = useState('');
  const round = usePaced(now, pauseMs);
  useEffect(() => {
    let isWanted = true;
    readAlerts().then(
      (answer) => {
        if (!isWanted) return;
        setAll(answer);
        setProblem('');
      },
      (error: Error) => isWanted && setProblem(error.message),
    );
    return () => void (isWanted = false);
  }, [round]);
  return { all, problem };
}
