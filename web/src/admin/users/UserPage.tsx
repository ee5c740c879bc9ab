import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { PageTitle } from '../../app/PageTitle.js';
import { Loaded } from '../../signed-in/Loaded.js';
import { useAnswer } from '../../signed-in/queries.js';
import type { UserDetails } from '../types.js';
import { UserActions } from './UserActions.js';
import { UserFacts } from './UserFacts.js';
import { UserSessions } from './UserSessions.js';
import { nameOf } from './UsersTable.js';

export default function UserPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useAnswer<UserDetails>(`/admin/users/${encodeURIComponent(id)}`);
  return (
    <>
      <p>
        <Link to="/admin/users">← {t('admin.user.back')}</Link>
      </p>
      <Loaded query={query}>
        {(user) => (
          <>
            <PageTitle>{t('admin.user.title', { name: nameOf(user) })}</PageTitle>
            <div className="stack">
              <section className="card">
                <UserFacts user={user} />
                <UserActions user={user} />
              </section>
              <UserSessions userId={user.id} />
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}
