import { Injectable } from '@nestjs/common';
import { PersonalDataService } from '../../auth/personal-data/personal-data.service.js';
import { NamedUsers } from '../../users/directory/named-users.js';
import type { UserSummary } from '../../users/user-summary.js';

/** What an operator does for people who ask for their data, or to be forgotten. */
@Injectable()
export class DataActs {
  constructor(
    private readonly users: NamedUsers,
    private readonly data: PersonalDataService,
  ) {}

  /** @throws UserNotFoundError */
  get(name: string): Promise<UserSummary> {
    return this.users.get(name);
  }

  export({ id }: UserSummary) {
    return this.data.exportUser(id);
  }

  /** @throws LastAdminError */
  async erase({ id }: UserSummary): Promise<void> {
    await this.data.eraseUser(id);
  }
}
