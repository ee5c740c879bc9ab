import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/problem.js';
import { problemText } from './problem-text.js';
import { RequestId } from './RequestId.js';

/** What went wrong with the whole form. Screen readers hear it once; a countdown is only for the eye. */
export function FormProblem({ error, secondsLeft = 0 }: { error: unknown; secondsLeft?: number }) {
  const { t } = useTranslation();
  return (
    <div aria-live="polite">
      {Boolean(error) && (
        <Alert
          type="error"
          showIcon
          role="group"
          className="form-problem"
          title={problemText(error, t)}
          description={<Details error={error} secondsLeft={secondsLeft} />}
        />
      )}
    </div>
  );
}

function Details({ error, secondsLeft }: { error: unknown; secondsLeft: number }) {
  const { t } = useTranslation();
  const { detail, retryAfter } = error instanceof ApiError ? error.problem : {};
  return (
    <>
      {detail && <div>{detail}</div>}
      {retryAfter && <span className="only-heard">{t('wait', { seconds: retryAfter })}</span>}
      {secondsLeft > 0 && <div aria-hidden="true">{t('wait', { seconds: secondsLeft })}</div>}
      <RequestId error={error} />
    </>
  );
}
