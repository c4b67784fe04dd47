## Frame
token-send = 使用此令牌
coast-from = 海岸线：{ $source }
skip = 跳到正文
pages = 页面
page-route = 航线
page-studies = 研究
language = 语言
light = 浅色或深色
theme-auto = 自动
theme-light = 浅色
theme-dark = 深色

## Figures
range = { $from } 至 { $to }
under = 不到 { $number }
over = 超过 { $number }
unit-days = 天
unit-teu-year = TEU/年
unit-t-year = 吨/年
value = 取值
source = 来源
assumption = 假设

## Map
map = 世界地图
globe = 地球仪
flat-map = 平面地图
map-empty = 世界地图。旁边的面板包含地图所示的全部内容。
map-route = 从{ $from }到{ $to }的海上航线：{ $distance }，经{ $passages }。地图旁的面板包含相同的数字。
no-webgl = 此浏览器不支持三维图形，因此显示简图。其余功能照常可用。
of-the-map = （地图）
marks = 地图图例
mark-way = 航线
mark-other-ways = 备选航线
mark-port = 港口
mark-port-out = 无法接纳此船的港口
mark-passage = 运河、海峡或海角
mark-passage-small = 此船无法通过

## Two places
from = 起点
to-place = 终点
to = 到
swap = 交换起点和终点
place-hint = 港口、UN/LOCODE，或点击地图
invitation = 请输入两个地点，或在地图上点击。例如：
asking = 正在查找航线……

## What was found
route-through = { $distance }，航行 { $days }，经{ $passages }。
route-open = { $distance }，航行 { $days }，全程开阔海域。
open-sea = 开阔海域
distance = 距离
days-at-sea = 海上天数
cost = 航次费用
emissions = 排放（全生命周期，油井到尾流）
cost-parts = 费用与排放的构成
cost-lead = “{ $vessel }”一个航次：船舶时间、燃料和通行费。不含港口费、装卸、返程和承运人利润。中心值：所有假设取中心值；范围：假设的200次抽样中的九成。各项余量向上比向下更大，因此中心值可能低于该范围。
range-of-draws = 九成抽样
cost-charter = 租船费
cost-fuel = 燃料费
cost-tolls = 通行费
emissions-ttw = 排放（油舱到尾流）
ship-days = 船舶天数（含天气和绕行余量）
fuel-burnt = 燃料消耗
cost-per-unit = 每单位货物费用
emissions-per-unit = 每单位货物排放（油井到尾流）
cost-assumptions = 费用和排放所依据的假设
moved = 与标准船型、所有通道开放时相比：{ $changes }。
moved-nothing = 最佳航线与标准船型、所有通道开放时相同。
barred = 此船过大，无法通过：{ $passages }。
snapped = { $place }距可航水域 { $distance }；航线从最近的水域开始。
not-for-navigation = 水上最短航线。不得用于导航。
way = 途经
ways = 航线
ways-caption = 最佳航线及备选航线
before-way = 此前：{ $passages }
defaults = 这些数字所依据的假设
download = 保存
copy-link = 复制链接
link-copied = 链接已复制
link-failed = 链接在地址栏中

## Ship
ship = 船舶
class = 船型
draught_m = 吃水
beam_m = 型宽
loa_m = 总长
air_draught_m = 水面以上高度
in-metres = { $what }（米）
as-built = 恢复标准船型
ports-out = { $out ->
    [0] 已知限制的 { $all } 个港口均可接纳此船
   *[other] 已知限制的 { $all } 个港口中有 { $out } 个无法接纳此船
}
ports-known = 图集记录了 { $all } 个港口中 { $known } 个的限制；其余港口不作判断。

## Passages
passages = 运河与海峡
passages-hint = 关闭其中一处，看看会有什么变化。
more-passages = { $count ->
   *[other] 其余 { $count } 处
}
used = 航线经过
switched-off = 已关闭
too-small = 无法通过：{ $limits }
takes = 限制：{ $limits }

## Problems
problem-no_route = 没有海上航线。
problem-unknown_place = 找不到此地点。
problem-ambiguous_place = 有多个地点使用此名称。
problem-bad_request = 无法理解此问题。
problem-too_big = 问题规模过大。
problem-bad_study = 无法读取此研究。
problem-not_found = 此处没有该内容。
problem-unauthorized = 服务器要求提供令牌。
problem-rate_limited = 短时间内请求过多，请稍后再试。
problem-overloaded = 服务器繁忙，请稍后再试。
problem-cancelled = 计算已取消。
problem-timed_out = 计算超时。
problem-failed = 计算失败。
problem-unreachable = 无法连接服务器。
problem-internal = 出现错误。

## Studies
studies-lead = 每项研究比较两个世界，并说明关于某一变化的哪些说法站得住脚。
as-of = 截至{ $date }
english-inside = 研究中的文句以英文写成。
parts = 研究的各部分
part-answer = 结论
part-claims = 说法
part-before-after = 变化前后
part-switch = 关闭并观察
part-days = 时间花在哪里
part-flows = 货流
part-trade = 世界贸易
part-simulation = 中断过程（逐小时）
part-assumptions = 假设
part-data = 数据
running-own = 正在计算此研究：
running-changed = 正在按您的更改重新计算：
progress = 计算进度
progress-worlds = 世界
progress-sea-legs-and-chains = 海运航段与运输链
progress-runs = 模拟
progress-claims = 说法
progress-flows = 货流
progress-world-trade = 世界贸易
try-again = 重试
cancel = 取消
changed-run = 当前显示的是更改假设后的计算结果（每个世界 { $runs } 次模拟）。
back-to-own = 恢复研究原有的假设
reading = 数字是所有假设取中心值时的结果。其区间包含每个世界 { $runs } 次模拟的十分之九，模拟中各假设在其给定范围内变动。
map-study = 研究“{ $title }”的地图，共 { $routes } 条路线。“变化前后”和“货流”部分以表格给出相同内容。
map-after = 变化后的地图

## Claims
claims-lead = 结论由计算得出：若某次模拟的数字落在阴影带内，则该部分说法在该次模拟中成立；成立的模拟所占比例决定结论。一个说法的可靠程度取决于其最弱的部分。
verdict-supported = 成立
verdict-supported_only_if = 有条件成立
verdict-not_supported = 不成立
verdict-not_checkable = 无法核查
verdict-was = 更改前：{ $verdict }
holds-in-short = { $share } 的模拟中成立
only-if = 仅当
computed = 计算结果
holds-if = 成立条件
holds-in = 成立比例
of-runs = 共 { $runs } 次模拟
measured-by = 衡量方式
would-have-to-be = 需要满足什么条件
plausible = 在合理范围内
implausible = 超出合理范围
comparison-caption = 相对各基准情形的计算结果（圆点；粗线：中间一半的模拟，细线：十分之九的模拟），以及所说或已公布的数字（菱形），单位：{ $unit }
by-baseline = 各基准情形下的数字
baseline = 对比基准
central = 中心值
median = 中位数
as-claimed = 所称数字
what-decides = 决定因素
tornado-caption = 某一假设取其范围下限和上限、其余假设取中心值（竖线）时的数字。实心圆：该部分在此成立；空心圆：不成立。
low = 低
high = 高
figure-at-low = 下限时的数字
figure-at-high = 上限时的数字
holds-low-half = 下半区间成立比例
holds-high-half = 上半区间成立比例
published = 他方公布的数字（{ $count }）
published-caption = 他方公布的数字，不一致者在前
who = 来源方
what = 内容
figure = 数字
when = 时间
against-ours = 与本研究相比
overlaps = 一致
disagrees = 不一致
another-quantity = 不同指标

## Before and after
before-after-lead = 变化前后，各趟运输按广义成本计算的最佳路线。
journey = 运输
all-journeys = 全部运输
scenario = 情景
before = 之前
after = 之后
change = 变化
role-before = 之前
role-after = 之后
role-both = 前后均有
swipe = 滑动对比变化前后
swipe-handle = 前后两幅地图之间的分界线
swipe-at = { $percent }% 显示变化前的世界
routes-caption = 地图所示路线
route = 路线
mode = 方式
mode-sea = 海运
mode-road = 公路
mode-rail = 铁路
mode-river = 内河
unit = 单位
as-table = 以表格显示
save-csv = 保存为 CSV

## Where the days go
days-caption = 最佳路线门到门各环节天数，所有假设取中心值。条形下方的线为各次模拟的区间，圆点为中位数。
world = 世界
sum = 合计
money = 费用
stage-inland = 陆上
stage-border = 边境
stage-port_dwell = 在港
stage-sailing_wait = 等待船期
stage-sea = 海上
stage-intermediate_calls = 中途挂靠
stage-passage = 运河与海峡
stage-transshipment = 转运

## Flows
flows-lead = 变化前后，谁经由哪条路线运送什么货物，涵盖当日全部航线。地图线宽表示每年集装箱量，所有世界使用同一比例。
flows-on-map = 地图上的货流：
counted-by = 统计方式
load-port = 港口
load-terminal = 码头
load-service = 班轮航线
load-passage = 通道
load-operator = 经营人
load-owner = 所有人
loads-caption = 按{ $kind }统计的重箱量：每年 TEU 变化，之后减之前，取中心值
name = 名称

## World trade
trade-extra = 仍在运输的货物成本增加 { $cost }，平均多用 { $time }。
billion-usd-year = 十亿美元/年
chokepoints-caption = 通过各咽喉要道的货值：变化（十亿美元/年），之后减之前
observed = 观测值
observed-caption = 观测值与计算值对照

## Disruption
simulation-lead = 船舶和卡车的到达、等待和离开，共 { $runs } 次重复模拟。可拖动时间或播放。
play = 播放
pause = 暂停
time = 时间
queue-median = 中位数
queue-range = 十分之八的模拟
queue-usual = 无中断时
disrupted = 中断期间
queue-caption = { $station }的等待数（{ $unit }）
waiting-now = 等待：{ $middle } { $unit }（{ $low } 至 { $high }）
recovery = 影响何时消除
backlog-gone = 积压清除
regular-again = 服务恢复正常
days-after = 结束后 { $days } 天
reached = { $share } 的模拟中达到
losses = 损失
losses-caption = 相对无中断模拟的损失，中位数及十分之八的模拟；各项分列，不相加
flow = 货流
delayed = 延误数量
delay-days = 延误天数
value-delayed = 延误货值
extra-emissions = 额外排放
against-observed = 与观测值相比
grade-within_range = 在观测范围内
grade-within15_percent = 误差 15% 以内
grade-off = 偏离
grade-no_figure = 无数字

## Assumptions
assumptions-lead = 所有数字都以这些假设为依据。此处列出决定某一说法的假设：更改它们并重新计算。
find-assumption = 查找其他假设
run-again = { $count ->
    [0] 更改假设后可重新计算
   *[other] 按 { $count } 处更改重新计算
}
reset = 撤销更改
all-assumptions = 全部 { $count } 项假设及其来源
assumptions-caption = 假设
basis = 依据
basis-sourced = 有来源
basis-derived = 推导
basis-assumed = 假定

## Data
study-file = 研究文件
report = 报告
tables-csv = 表格（CSV）：
warnings = 使用前须知
seed = 随机种子 { $seed }，每个世界 { $runs } 次模拟：相同种子得到相同数字。

## 关闭
switch-lead = 在此处或点击地图，关闭一个港口、运河、边境口岸或一段道路，看看哪些行程会改变。
switch-port = 港口
switch-passage = 运河与海峡
switch-border = 边境口岸
switch-link = 公路、铁路与河流
switch-chosen = 下次运行中关闭：{ $what }。
switch-run = 关闭后运行
switch-none = 全部重新开放
switch-moved = 关闭{ $what }后各行程的最佳路线，与开放时相比（中心值）
switch-way = 之后的最佳路线
switch-no-way = 没有可用路线
switched-run = 您看到的是关闭{ $what }后的行程（每个世界{ $runs }次运行）。
