import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../users/users.module.js';
import { ENVIRONMENT, type Environment } from '../platform/config/environment.js';
import { DeviceSessions } from './devices/device-sessions.js';
import { SessionLimits } from './devices/session-limits.js';
import { SessionResuming } from './devices/session-resuming.js';
import { EndingNews } from './ending-news.js';
import { SessionHistory } from './history/session-history.js';
import { SessionRetention } from './history/session-retention.js';
import { SessionTimeline } from './history/session-timeline.js';
import { ErasureJanitor } from './erasure/erasure-janitor.js';
import { SessionErasure } from './erasure/session-erasure.js';
import { EndedSessions } from './live/ended-sessions.js';
import { EndingSignals } from './live/ending-signals.js';
import { SessionInspection } from './live/session-inspection.js';
import { LiveSessions } from './live/live-sessions.js';
import { SessionActivity } from './live/session-activity.js';
import { RecentLogin } from './recent/recent-login.js';
import { RefreshTokens } from './refresh/refresh-tokens.js';
import { SessionLifetimes } from './refresh/session-lifetimes.js';
import { SessionOpening } from './refresh/session-opening.js';
import { SessionRepeats } from './refresh/session-repeats.js';
import { SessionRotation } from './refresh/session-rotation.js';
import { SessionKeyResets } from './session-key-resets.js';
import { SessionEndings } from './session-endings.js';
import { SessionMoving } from './session-moving.js';
import { SessionOverview } from './overview/session-overview.js';
import { SessionStore } from './session-store.js';
import { Session } from './session.entity.js';
import { SessionsConfig } from './sessions.config.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';

/** On which devices? Sessions, their refresh tokens, and the memory of those that have ended. */
@Module({
  imports: [UsersModule, TypeOrmModule.forFeature([Session])],
  controllers: [SessionsController],
  providers: [
    {
      provide: SessionsConfig,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => new SessionsConfig(environment),
    },
    ...[SessionsService, SessionOpening, SessionRotation, SessionRepeats, SessionEndings, SessionMoving, SessionStore],
    ...[DeviceSessions, SessionResuming, SessionLimits],
    ...[EndingNews, SessionKeyResets, SessionOverview, SessionHistory, SessionTimeline, SessionRetention, RecentLogin],
    ...[SessionErasure, ErasureJanitor, SessionInspection],
    ...[RefreshTokens, SessionLifetimes, LiveSessions, EndedSessions, EndingSignals, SessionActivity],
  ],
  exports: [
    SessionsService,
    SessionRepeats,
    LiveSessions,
    SessionEndings,
    SessionMoving,
    SessionOverview,
    RecentLogin,
    SessionErasure,
    SessionInspection,
  ],
})
export class SessionsModule {}
