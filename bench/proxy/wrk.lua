-- What wrk sends, and what it says at the end: requests of a file in turn, and one line of JSON.

local requests = {}
local sent = 0

-- wrk.lua FILE: a request a line, its path and its header fields (`name: value`) with tabs between them.
function init(arguments)
  for line in io.lines(arguments[1]) do
    local path
    local headers = { Host = wrk.headers["Host"] }
    for part in line:gmatch("[^\t]+") do
      if path == nil then
        path = part
      else
        local name, value = part:match("^([^:]+): (.*)$")
        headers[name] = value
      end
    end
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
end

function request()
  sent = sent + 1
  return requests[(sent - 1) % #requests + 1]
end

-- Times in microseconds; a status of 400 or more counts as failed.
function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('{"requests":%d,"duration":%d,"p50":%d,"p99":%d,"failed":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), failed))
end
