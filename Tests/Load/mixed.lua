-- Two hundred requests a second, as reading people would: each of twenty connections asks ten times a
-- second, for another view each time; an answer takes some of the pause.
local paths = {}
for path in io.lines(os.getenv("TARGETS")) do paths[#paths + 1] = path end
local place = 0

function request()
  place = place + 1
  return wrk.format("GET", paths[place % #paths + 1])
end

function delay()
  return 95
end
