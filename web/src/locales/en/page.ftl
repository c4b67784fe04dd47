## Frame
token-send = Use this token
coast-from = coastline: { $source }
skip = To the content
pages = Pages
page-route = Route
page-studies = Studies
language = Language
light = Light or dark
theme-auto = Auto
theme-light = Light
theme-dark = Dark

## Figures
range = { $from } to { $to }
under = under { $number }
over = over { $number }
unit-days = d
unit-teu-year = TEU a year
unit-t-year = t a year
value = Value
source = Source
assumption = Assumption

## Map
map = Map of the world
globe = Globe
flat-map = Flat map
map-empty = Map of the world. The panel beside it holds everything that the map shows.
map-route = Sea route from { $from } to { $to }: { $distance }, through { $passages }. The panel beside the map holds the same figures.
no-webgl = This browser draws no 3D graphics, so here is a plain drawing. Everything else works as usual.
of-the-map = of the map
marks = Marks on the map
mark-way = route
mark-other-ways = alternatives
mark-port = port
mark-port-out = port too small for this ship
mark-passage = canal, strait or cape
mark-passage-small = too small for this ship

## Two places
from = From
to-place = To
to = to
swap = Swap the two places
place-hint = Port, UN/LOCODE, or click the map
invitation = Type two places, or click them on the map. For a start:
asking = Looking for the way …

## What was found
route-through = { $distance } in { $days } through { $passages }.
route-open = { $distance } in { $days } over open sea.
open-sea = open sea
distance = Distance
days-at-sea = Days at sea
cost = Cost of the voyage
emissions = Emissions, well to wake
cost-parts = What it costs and emits
cost-lead = One voyage of the class “{ $vessel }”: the ship’s time, its fuel, and tolls. Port dues, handling, the way back and the carrier’s margin are not in it. Centre: every assumption at its central value; range: nine tenths of 200 draws of the assumptions. Margins reach further up than down, so that the centre may lie below the range.
range-of-draws = Nine tenths of the draws
cost-charter = Charter
cost-fuel = Fuel
cost-tolls = Tolls
emissions-ttw = Emissions, tank to wake
ship-days = Ship’s days, with margins for weather and detours
fuel-burnt = Fuel burnt
cost-per-unit = Cost per unit of cargo
emissions-per-unit = Emissions per unit of cargo, well to wake
cost-assumptions = What cost and emissions rest on
moved = Against the class as built with all passages open: { $changes }.
moved-nothing = The best way stays what it was with the class as built and all passages open.
barred = Too small for this ship: { $passages }.
snapped = { $place } lies { $distance } from navigable water; the route begins at the nearest water.
not-for-navigation = Shortest ways over water. Not for navigation.
way = Way through
ways = Ways
ways-caption = The best way and its alternatives
before-way = before: { $passages }
defaults = What the figures assume
download = Save
copy-link = Copy link
link-copied = Link copied
link-failed = The link is in the address bar

## Ship
ship = Ship
class = Class
draught_m = Draught
beam_m = Beam
loa_m = Length over all
air_draught_m = Height above water
in-metres = { $what } in metres
as-built = Back to the class as built
ports-out = { $out ->
    [0] All { $all } ports with known limits take this ship
    [one] { $out } of { $all } ports with known limits falls away
   *[other] { $out } of { $all } ports with known limits fall away
}
ports-known = The atlas knows the limits of { $known } ports of { $all }. For all others nothing is said.

## Passages
passages = Canals and straits
passages-hint = Switch one off and see what moves.
more-passages = { $count ->
    [one] One more
   *[other] { $count } more
}
used = used
switched-off = switched off
too-small = too small: { $limits }
takes = takes { $limits }

## Problems
problem-no_route = There is no way by sea.
problem-unknown_place = This place is not known.
problem-ambiguous_place = More than one place has this name.
problem-bad_request = The question cannot be read.
problem-too_big = The question is too big.
problem-bad_study = The study cannot be read.
problem-not_found = This is not here.
problem-unauthorized = The server asks for a token.
problem-rate_limited = Too many questions in a short time; try again in a moment.
problem-overloaded = The server is busy; try again in a moment.
problem-cancelled = The run was cancelled.
problem-timed_out = The run took too long.
problem-failed = The run failed.
problem-unreachable = The server cannot be reached.
problem-internal = Something went wrong.

## Studies
studies-lead = Each study compares two worlds and says which of the things said about a change hold.
as-of = as of { $date }
english-inside = The sentences of a study are written in English.
parts = Parts of the study
part-answer = The answer
part-claims = Claims
part-before-after = Before and after
part-switch = Switch off and see
part-days = Where the days go
part-flows = Flows
part-trade = World trade
part-simulation = Disruption, hour by hour
part-assumptions = Assumptions
part-data = Data
running-own = The study runs:
running-changed = The study runs again with your changes:
progress = Progress of the run
progress-worlds = worlds
progress-sea-legs-and-chains = sea legs and chains
progress-runs = runs
progress-claims = claims
progress-flows = flows
progress-world-trade = world trade
try-again = Try again
cancel = Cancel
changed-run = You see a run with changed assumptions ({ $runs } runs per world).
back-to-own = Back to the study’s own assumptions
reading = A figure is what comes out with every assumption at its central value. The range behind it holds nine tenths of { $runs } runs per world, in which the assumptions vary within their stated ranges.
map-study = Map of the study “{ $title }” with { $routes } ways. The parts “Before and after” and “Flows” hold the same as tables.
map-after = Map after the change

## Claims
claims-lead = Verdicts are computed: a part of a claim holds in a run if its figure lies in the shaded band, and the share of runs in which it does decides. A claim is as good as its weakest part.
verdict-supported = supported
verdict-supported_only_if = supported only if
verdict-not_supported = not supported
verdict-not_checkable = not checkable
verdict-was = without your changes: { $verdict }
holds-in-short = holds in { $share }
only-if = Only if
computed = Computed
holds-if = Holds if
holds-in = Holds in
of-runs = of { $runs } runs
measured-by = Measured by
would-have-to-be = What would have to be true
plausible = within its plausible range
implausible = outside its plausible range
comparison-caption = Computed against each baseline (disc; thick line: middle half of the runs, thin line: nine tenths), and what was said or published (diamond), in { $unit }
by-baseline = The figure by baseline
baseline = Compared with
central = Central
median = Median
as-claimed = as claimed
what-decides = What decides it
tornado-caption = The figure with one assumption at the low and at the high end of its range and all others central (upright line). Disc: the part holds there; ring: it does not.
low = low
high = high
figure-at-low = Figure at low end
figure-at-high = Figure at high end
holds-low-half = Holds, lower half
holds-high-half = Holds, upper half
published = What others published ({ $count })
published-caption = What others published, what disagrees first
who = Who
what = What
figure = Figure
when = When
against-ours = Against ours
overlaps = overlaps
disagrees = disagrees
another-quantity = another quantity

## Before and after
before-after-lead = The best way of each journey by generalised cost before the change and after it.
journey = Journey
all-journeys = All journeys
scenario = Scenario
before = before
after = after
change = Change
role-before = before
role-after = after
role-both = before and after
swipe = Swipe between before and after
swipe-handle = Line between the map before and the map after
swipe-at = { $percent } % shows the world before
routes-caption = Ways that the map shows
route = Route
mode = Mode
mode-sea = sea
mode-road = road
mode-rail = rail
mode-river = river
unit = Unit
as-table = The same as a table
save-csv = Save as CSV

## Where the days go
days-caption = Days from door to door by stage, of the best way, with all assumptions at their central values. The line below a bar is the range over the runs, its dot the median.
world = World
sum = Sum
money = Money
stage-inland = on land
stage-border = border
stage-port_dwell = in port
stage-sailing_wait = waiting for a sailing
stage-sea = at sea
stage-intermediate_calls = calls on the way
stage-passage = canals and straits
stage-transshipment = transshipment

## Flows
flows-lead = Who ships what which way over all services of the day, before the change and after it. Width on the map is containers a year, on one scale for all worlds.
flows-on-map = Flows on the map:
counted-by = Counted by
load-port = port
load-terminal = terminal
load-service = service
load-passage = passage
load-operator = operator
load-owner = owner
loads-caption = Laden containers by { $kind }: change in TEU a year, after less before, at central values
name = Name

## World trade
trade-extra = What still moves costs { $cost } more and is { $time } longer under way on average.
billion-usd-year = billion USD a year
chokepoints-caption = Value that passes each chokepoint: change in billion USD a year, after less before
observed = Observed
observed-caption = What was observed beside what is computed

## Disruption
simulation-lead = Ships and trucks as they come, wait and go on, over { $runs } replications. Move through time or play it.
play = Play
pause = Pause
time = Time
queue-median = median
queue-range = 8 of 10 replications
queue-usual = without the disruption
disrupted = disruption
queue-caption = Waiting at { $station } ({ $unit })
waiting-now = { $middle } { $unit } wait ({ $low } to { $high })
recovery = When the trace is gone
backlog-gone = Backlog gone
regular-again = Service regular again
days-after = { $days } days after the end
reached = reached in { $share } of the replications
losses = What it cost
losses-caption = Losses against the undisturbed run, median and 8 of 10 replications; kept apart and never added up
flow = Flow
delayed = Delayed
delay-days = Days of delay
value-delayed = Value delayed
extra-emissions = Extra emissions
against-observed = Against what was observed
grade-within_range = within the observed range
grade-within15_percent = within 15 %
grade-off = off
grade-no_figure = no figure

## Assumptions
assumptions-lead = Every figure rests on these. Those that decide a claim stand here: change them and run the study again.
find-assumption = Find another assumption
run-again = { $count ->
    [0] Change something to run again
    [one] Run again with one change
   *[other] Run again with { $count } changes
}
reset = Undo the changes
all-assumptions = All { $count } assumptions with their sources
assumptions-caption = Assumptions
basis = Basis
basis-sourced = sourced
basis-derived = derived
basis-assumed = assumed

## Data
study-file = Study file
report = Report
tables-csv = Tables (CSV):
warnings = To know before using it
seed = Seed { $seed }, { $runs } runs per world: the same seed gives the same figures.

## Switching off
switch-lead = Switch off a port, a canal, a border or a stretch of road, here or by a click on the map, and see which journeys move.
switch-port = Ports
switch-passage = Canals and straits
switch-border = Borders
switch-link = Roads, railways and rivers
switch-chosen = Switched off in the next run: { $what }.
switch-run = Run without them
switch-none = Switch all on again
switch-moved = Best way of each journey without { $what }, against the same with it, at central values
switch-way = Best way after
switch-no-way = no way is left
switched-run = You see the journeys without { $what } ({ $runs } runs per world).
