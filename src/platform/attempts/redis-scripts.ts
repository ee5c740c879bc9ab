// The rules of attempt-rules.ts once more, where Redis runs them in one step; a test holds the two equal.
const READ = `
local function read(key, now, forgetAfter)
  local stored = redis.call('HMGET', key, 'failures', 'underWay', 'blockedUntil', 'busyUntil', 'forgetAt')
  local c = { failures = tonumber(stored[1]) or 0, underWay = tonumber(stored[2]) or 0,
    blockedUntil = tonumber(stored[3]) or 0, busyUntil = tonumber(stored[4]) or 0, forgetAt = tonumber(stored[5]) or 0 }
  if c.forgetAt <= now then
    return { failures = 0, underWay = 0, blockedUntil = 0, busyUntil = 0, forgetAt = now + forgetAfter }
  end
  if c.busyUntil <= now then
    c.failures = c.failures + c.underWay
    c.underWay = 0
  end
  return c
end
local function write(key, c, now)
  if c.failures == 0 and c.underWay == 0 then
    redis.call('DEL', key)
    return
  end
  redis.call('HSET', key, 'failures', c.failures, 'underWay', c.underWay, 'blockedUntil', c.blockedUntil,
    'busyUntil', c.busyUntil, 'forgetAt', c.forgetAt)
  redis.call('PEXPIRE', key, c.forgetAt - now)
end
local function epochOf(key, otherwise)
  if redis.call('SET', key, otherwise, 'NX') then
    return otherwise
  end
  return redis.call('GET', key)
end
`;

/**
 * KEYS: the epoch, then a counter for each place. ARGV: now, lease, wait for a place, an epoch if there is none; then
 * for each place: free, forget after, and what the process knows: epoch, whether it is ahead, failures, blocked until,
 * forget at. Answers the epoch; then for each place: wait, failures, blocked until, forget at.
 */
export const TAKE = `${READ}
local now, lease, placeWait = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local epoch = epochOf(KEYS[1], ARGV[4])
local answer, counters, told, isFree = { epoch }, {}, {}, true
for i = 2, #KEYS do
  local at = 5 + (i - 2) * 7
  local free = tonumber(ARGV[at])
  local c = read(KEYS[i], now, tonumber(ARGV[at + 1]))
  local knownUntil = tonumber(ARGV[at + 6])
  if knownUntil > now and (ARGV[at + 2] ~= epoch or ARGV[at + 3] == '1') then
    c.failures = math.max(c.failures, tonumber(ARGV[at + 4]))
    c.blockedUntil = math.max(c.blockedUntil, tonumber(ARGV[at + 5]))
    c.forgetAt = math.min(c.forgetAt, knownUntil)
    told[i] = true
  end
  local wait = 0
  if c.blockedUntil > now then
    wait = c.blockedUntil - now
  elseif c.underWay >= 1 and c.underWay + c.failures >= free then
    wait = placeWait
  end
  isFree = isFree and wait == 0
  counters[i] = c
  answer[#answer + 1] = wait
  answer[#answer + 1] = c.failures
  answer[#answer + 1] = c.blockedUntil
  answer[#answer + 1] = c.forgetAt
end
for i = 2, #KEYS do
  if isFree then
    counters[i].underWay = counters[i].underWay + 1
    counters[i].busyUntil = now + lease
  end
  if isFree or told[i] then
    write(KEYS[i], counters[i], now)
  end
end
return answer
`;

/**
 * KEYS as above. ARGV: now, outcome, first wait, longest wait, an epoch if there is none; then for each place: free,
 * forget after, whether a success clears it. Answers the epoch; then for each place: failures, blocked until, forget at.
 */
export const SETTLE = `${READ}
local now, outcome, first, longest = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local answer = { epochOf(KEYS[1], ARGV[5]) }
for i = 2, #KEYS do
  local at = 6 + (i - 2) * 3
  local free = tonumber(ARGV[at])
  local c = read(KEYS[i], now, tonumber(ARGV[at + 1]))
  c.underWay = math.max(0, c.underWay - 1)
  if outcome == 'right' and ARGV[at + 2] == '1' then
    c.failures = 0
    c.blockedUntil = 0
  elseif outcome == 'failed' then
    c.failures = c.failures + 1
    if c.failures >= free then
      c.blockedUntil = now + math.min(first * 2 ^ (c.failures - free), longest)
    end
  end
  write(KEYS[i], c, now)
  answer[#answer + 1] = c.failures
  answer[#answer + 1] = c.blockedUntil
  answer[#answer + 1] = c.forgetAt
end
return answer
`;
