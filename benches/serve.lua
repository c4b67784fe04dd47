-- Asks for routes between ports taken in turn from the file that PORTS names (one UN/LOCODE a line).
local ports = {}
for line in io.lines(os.getenv("PORTS")) do
  ports[#ports + 1] = line
end
-- A multiplicative generator, so that every run asks for the same routes.
local state = 20241114
local function any()
  state = (state * 48271) % 2147483647
  return ports[state % #ports + 1]
end
request = function()
  return wrk.format("GET", "/v1/route?from=" .. any() .. "&to=" .. any())
end
