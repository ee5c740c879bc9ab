/** The events of this mini-program's own components. */
type FieldEvent = WechatMiniprogram.CustomEvent<{ name: string; value: string }>;
type ItemEvent = WechatMiniprogram.BaseEvent<Record<string, never>, { id: string; name: string }>;
type AvatarEvent = WechatMiniprogram.CustomEvent<{ avatarUrl?: string }>;
