/**
 * What the store has Redis do, each in one step on one key, so that they run on a cluster too. All are scripts, even
 * those that only read: a client that spreads its reads over replicas sends scripts to the primary, and what was
 * written is what is read.
 *
 * A client that lost its connection may send a script twice. A write and a lock give the answer of the first time then,
 * as they know the version that they wrote and their owner; what was taken is gone, and is so for the second time.
 */

/** A value stands behind its version, which is a UUID of this many characters. */
export const VERSION_LENGTH = 36;

/** The version and the value, or nothing. */
export const GET = "return redis.call('GET', KEYS[1])";

/**
 * Sets a value: 1, or 0 when the version is another one. Arguments: the version that must be there (`absent` for
 * none, empty for any), the new version, the lifetime in ms (empty for none), the value. The value comes last: Redis
 * quotes the first arguments of a command that it refuses.
 */
export const SET = `
local found = redis.call('GET', KEYS[1])
local version = found and string.sub(found, 1, ${VERSION_LENGTH})
if version == ARGV[2] then return 1 end
if ARGV[1] ~= '' and ARGV[1] ~= (version or 'absent') then return 0 end
if ARGV[3] == '' then
  redis.call('SET', KEYS[1], ARGV[2] .. ARGV[4])
elseif tonumber(ARGV[3]) > 0 then
  redis.call('SET', KEYS[1], ARGV[2] .. ARGV[4], 'PX', ARGV[3])
else
  redis.call('DEL', KEYS[1])
end
return 1`;

/** The version and the value, which is gone then. */
export const TAKE = `
local found = redis.call('GET', KEYS[1])
redis.call('DEL', KEYS[1])
return found`;

export const DELETE = "return redis.call('DEL', KEYS[1])";

/** Takes a lock: 1, or 0 when another owner has it. Arguments: the owner, the lifetime in ms. */
export const LOCK = `
local owner = redis.call('GET', KEYS[1])
if owner then return owner == ARGV[1] and 1 or 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;

/** Ends a lock if it is this owner's. Argument: the owner. */
export const UNLOCK = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`;
