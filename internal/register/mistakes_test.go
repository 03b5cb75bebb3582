package register_test

// What an office may write wrongly in a register's file, each refused at its line with the reason: a good file with one
// mistake made in it.

import (
	"fmt"
	"strings"
	"testing"

	"yipanqi/internal/register"
)

const good = `代码: reading_room
名称: 阅览室
英文名: Reading rooms
保密: P0
编号: "{area}-YLS-{seq:4}"
目标: [W/1.1]
指标:
  - READERS
办理:
  - {代码: keeper, 名称: 填报, 岗位: [statistician]}
  - {代码: owner, 名称: 确认, 岗位: [leader], 上级: 是}
字段:
  - {代码: room_name, 名称: 名称, 类型: 文字, 必填: 是}
  - {代码: kind, 名称: 类别, 类型: 单选, 选自: room_kind}
  - {代码: community, 名称: 社区, 类型: 区域, 层级: community}
  - {代码: opened_on, 名称: 启用日期, 类型: 日期, 必填: 是}
  - {代码: closed_on, 名称: 停用日期, 类型: 日期}
  - {代码: seats, 名称: 座位, 类型: 数, 最小: 0, 计量单位: 个}
  - {代码: visits, 名称: 人次, 类型: 分性别数}
  - {代码: enough, 名称: 座位够, 类型: 计算, 算式: seats >= standard('seats_least')}
  - {代码: rounds, 名称: 巡, 类型: 表, 列: [{代码: on_day, 名称: 日, 类型: 日期}, {代码: fault, 名称: 坏, 类型: 是否},
     {代码: found, 名称: 发现, 类型: 文字}]}
  - {代码: place, 名称: 位置, 类型: 位置}
状态:
  - {代码: draft, 名称: 草稿}
  - {代码: open, 名称: 开放, 计数: 是}
  - {代码: closed, 名称: 停用, 计数: 是, 结束: 是}
环节:
  - {从: "", 动作: create, 名称: 新建, 谁: keeper, 到: draft}
  - {从: draft, 动作: confirm, 名称: 确认, 谁: owner, 不得: [create], 到: open, 期限: 12个月}
  - {从: open, 动作: close, 名称: 停用, 谁: keeper, 到: closed, 需要: [reason, closed_on]}
核对:
  - {规则: closed_on >= opened_on, 说法: 停用不能早于启用。}
  - {规则: "not any(rounds, on_day < opened_on)", 说法: 巡查不能早于启用。, 类别: 提示}
统计:
  - {代码: open_rooms, 名称: 阅览室数, 数: 记录, 存量: [opened_on, closed_on], 分: [kind], 计入: ROOMS_OPEN}
  - {代码: all_seats, 名称: 座位数, 合计: seats, 存量: [opened_on, closed_on]}
  - {代码: places, 名称: 社区数, 区域数: community}
  - {代码: per_place, 名称: 平均, 比例: open_rooms, 除以: places}
  - {代码: reached, 名称: 覆盖的人, 覆盖: place, 图层: population, 半径: "500", 存量: [opened_on]}
  - {代码: people, 名称: 全部的人, 图层: population, 频率: [A]}
  - {代码: reach, 名称: 覆盖率, 比例: reached, 除以: people}
视图:
  - {代码: small, 名称: 座位不够的, 规则: not enough}
列表: {列: [number, room_name, seats], 筛选: [kind, state], 排序: room_name}
地图: {点: place, 坐标系: CGCS2000}
公开: {列: [room_name, place]}
转办: {从: [draft], 谁: keeper, 期限: 3工作日}
静默: [{代码: still, 名称: 很久没人管的, 天数: 60, 只计: enough, 起算: opened_on}]
合核: [{规则: seats < 100, 说法: 座位太多。, 同: [kind], 期别字段: opened_on, 至少: 2}]
转督办: {表: rounds, 正文: found, 限期: on_day}
打印:
  - {代码: sheet, 名称: 登记表, 栏: [{栏名: 名称, 栏目: room_name}, {栏名: 巡查, 栏目: rounds.on_day}, {栏名: 签字}]}
`

func parse(text string) (said []string) {
	_, problems := register.Parse("x.yaml", []byte(text), register.Known{
		Lists: map[string]bool{"room_kind": true}, Registers: map[string]bool{"reading_room": true},
		Elements: map[string]bool{"ROOMS_OPEN": true}, Levels: map[string]bool{"community": true},
		Kinds: map[string]bool{"street_station": true}, Standards: map[string]bool{"seats_least": true},
		Goals: map[string]bool{"W/1.1": true}, Indicators: map[string]bool{"READERS": true}})
	for _, p := range problems {
		said = append(said, p.Error())
	}
	return said
}

func TestMistakesOfDefinitionsAreNamed(t *testing.T) {
	t.Parallel()
	if said := parse(good); len(said) > 0 {
		t.Fatalf("the good file is refused: %q", said)
	}
	for _, c := range []struct{ old, made, line, reason string }{
		// the register itself
		{"目标: [W/1.1]", "目标: [W/1.1, W/9.9]", "第6行", "没有目标“W/9.9”"},
		{"目标: [W/1.1]", "目标: W/1.1", "第6行", "这里应当是以“- ”开头的几项"},
		{"  - READERS", "  - READERS\n  - WRITERS", "第9行", "没有指标“WRITERS”"},
		{"代码: reading_room", "代码: Reading-Room", "第1行", "代码由小写字母"},
		{"保密: P0", "保密: P9", "第4行", "保密级别请填"},
		{"保密: P0", "保密: P4", "第1行", "个人案件"},
		{"{seq:4}", "{month}", "第5行", "编号里只能用"},
		{"保密: P0\n", "", "第1行", "缺少“保密”"},
		{"列表: {列: [number, room_name, seats], 筛选: [kind, state], 排序: room_name}\n", "", "第1行", "缺少“列表”"},
		{"说法: 巡查不能早于启用。", "理由: 巡查不能早于启用。", "第34行", "不认识的名称“理由”"},
		{"统计:\n", "环节组: both\n统计:\n", "第35行", "没有“both”这个环节组"},
		// parts
		{"岗位: [statistician]", "岗位: [clerk]", "第10行", "没有“clerk”这个岗位角色"},
		{"岗位: [statistician]", "岗位: [statistician], 单位类别: [school]", "第10行", "没有“school”这个单位类别"},
		{"代码: owner, 名称: 确认", "代码: keeper, 名称: 确认", "第11行", "“keeper”写了两次"},
		// fields
		{"类型: 位置}", "类型: 地点}", "第23行", "类型“地点”不在可用的类型里"},
		{"代码: seats, 名称: 座位", "代码: room_name, 名称: 座位", "第18行", "“room_name”写了两次"},
		{"代码: seats, 名称: 座位", "代码: state, 名称: 座位", "第18行", "或者是每条记录都有的"},
		{"类型: 分性别数}", "类型: 身份}", "第19行", "身份只能放在个案库里"},
		{"选自: room_kind", "选自: room_sort", "第14行", "没有代码表“room_sort”"},
		{", 选自: room_kind", "", "第14行", "要写明选自哪个代码表"},
		{"层级: community", "层级: hamlet", "第15行", "没有“hamlet”这个地区层级"},
		{"最小: 0", "最小: 少", "第18行", "请填一个数"},
		{", 算式: seats >= standard('seats_least')", "", "第20行", "要写明算式"},
		{"standard('seats_least')", "standard('seats')", "没有标准“seats”", ""},
		{"算式: seats >=", "算式: chairs >=", "“chairs”不是本业务登记的字段", ""},
		{"{代码: fault, 名称: 坏, 类型: 是否}", "{代码: fault, 名称: 坏, 类型: 附件}", "第21行", "列不能是“附件”"},
		{"类型: 日期}\n  - {代码: seats", "类型: 日期, 谁填: [guest]}\n  - {代码: seats", "办理里没有“guest”", ""},
		{"类型: 日期}\n  - {代码: seats", "类型: 日期, 何时填: [asleep]}\n  - {代码: seats", "没有“asleep”这个状态", ""},
		{"类型: 单选, 选自: room_kind", "类型: 关联, 选自: library", "第14行", "没有业务登记“library”"},
		// states and stages
		{", 结束: 是", "", "状态“closed”没有环节能走出去", "又没有写明“结束: 是”"},
		{"到: closed", "到: open", "没有环节通到状态“closed”", ""},
		{"到: closed", "到: shut", "第31行", "没有“shut”这个状态"},
		{`从: ""`, "从: open", "第一个环节要从“”开始", ""},
		{"谁: owner, 不得", "谁: boss, 不得", "第30行", "办理里没有“boss”"},
		{"不得: [create]", "不得: [write]", "没有这个动作", ""},
		{"期限: 12个月", "期限: 一年", "第30行", "期限“一年”无法识别"},
		{"期限: 12个月", "期限: [{自: 2022-01-01, 限: 7天}, {自: 2018-01-01, 限: 5天}]", "第30行", "从早到晚写"},
		{"需要: [reason, closed_on]", "需要: [reason, shut_on]", "动作“close”需要的“shut_on”不是字段", ""},
		{"计数: 是}\n  - {代码: closed", "计数: 对}\n  - {代码: closed", "第26行", "计数请填"},
		{"到: draft}\n", "到: draft}\n  - {从: draft, 动作: confirm, 名称: 再确认, 谁: owner, 到: open}\n", "第31行", "写了两次"},
		// beyond one record
		{"天数: 60", "天数: 0", "天数请填1到3660", ""},
		{"天数: 60", "天数: 60, 选自: reading_room", "要写明选自、关联和日期", ""},
		{"天数: 60", "天数: 60, 选自: library, 关联字段: a, 日期字段: b", "没有“library”这项登记", ""},
		{"只计: enough", "只计: much", "“much”不是本业务登记的字段", ""},
		{"起算: opened_on", "起算: seats", "“seats”不是这里要的字段：要日期", ""},
		{"代码: still", "代码: small", "“small”写了两次", ""},
		{"同: [kind]", "同: [rounds]", "“rounds”不是填一个值的字段", ""},
		{"期别字段: opened_on", "期别字段: seats", "“seats”不是这里要的字段：要日期、月份、年份", ""},
		{"规则: seats < 100", "规则: chairs < 100", "“chairs”不是本业务登记的字段", ""},
		{"{表: rounds,", "{表: seats,", "“seats”不是这里要的字段：要表、检查表", ""},
		{"限期: on_day", "限期: found", "“found”不是这里要的字段：要日期", ""},
		{"静默:", "开表: {选自: reading_room, 关联字段: seats, 期别字段: opened_on}\n静默:", "“seats”不是这里要的字段：要关联", ""},
		// checks
		{"规则: closed_on >= opened_on", "规则: shut_on >= opened_on", "第33行", "“shut_on”不是本业务登记的字段"},
		{"规则: closed_on >= opened_on", "规则: closed_on >=", "第33行", "这里写得不对"},
		{"规则: closed_on >= opened_on", "规则: weekday(closed_on)", "第33行", "没有函数“weekday”"},
		{"any(rounds, on_day", "any(rounds, at_day", "第34行", "“rounds.at_day”不是本业务登记的字段"},
		{"any(rounds, on_day", "any(on_day < opened_on, on_day", "第34行", "第一项要是一张表"},
		{"类别: 提示", "类别: 建议", "第34行", "核对的类别请填"},
		// measures
		{"计入: ROOMS_OPEN", "计入: ROOMS_SHUT", "第36行", "数据项“ROOMS_SHUT”还没有"},
		{"合计: seats", "合计: chairs", "第37行", "“chairs”不能这样算"},
		{"合计: seats", "合计: room_name", "第37行", "“room_name”不能这样算"},
		{"合计: seats, 存量", "合计: seats, 数: 记录, 存量", "第37行", "只能有一种算法"},
		{"分: [kind]", "分: [sort]", "第36行", "“sort”不是字段"},
		{"分: [kind]", "频率: [W]", "第36行", "频率请填"},
		{"分: [kind]", "年度起始: 10-01", "第36行", "统计年度起始日"},
		{"区域数: community", "区域数: hamlet", "第38行", "没有“hamlet”这个地区层级"},
		{"分: [kind]", "层级: hamlet", "第36行", "没有“hamlet”这个地区层级"},
		{"除以: places", "除以: streets", "不是本登记的统计", "streets"},
		{"除以: places", "除以: per_place", "不是本登记的统计", "per_place"},
		{"代码: all_seats", "代码: open_rooms", "第37行", "“open_rooms”写了两次"},
		{"名称: 座位数, 合计", "名称: 阅览室数, 合计", "第37行", "同名"},
		// a field that is gone and that something still uses
		{"  - {代码: seats, 名称: 座位, 类型: 数, 最小: 0, 计量单位: 个}\n", "", "第36行", "“seats”不能这样算"},
		{"  - {代码: opened_on, 名称: 启用日期, 类型: 日期, 必填: 是}\n", "", "第35行", "“opened_on”不是字段"},
		// coverage, each at its own measure
		{"图层: population, 半径", "图层: roads, 半径", "第40行", "统计“覆盖的人”的图层请填"},
		{"图层: population, 频率", "图层: outline, 频率", "第41行", "统计“全部的人”的图层请填"},
		{"半径: \"500\", ", "", "第40行", "统计“覆盖的人”要写明半径（米）"},
		{"半径: \"500\"", "半径: chairs", "第40行", "“chairs”不是本业务登记的字段"},
		{"半径: \"500\"", "半径: \"500\", 分: [kind]", "第40行", "不能有分项、按区域、层级、算式和小数"},
		{"半径: \"500\"", "半径: \"500\", 小数: 1", "第40行", "不能有分项、按区域、层级、算式和小数"},
		{"覆盖: place", "覆盖: seats", "第40行", "覆盖要从地图的位置或边界算起，“seats”不是"},
		{"坐标系: CGCS2000", "坐标系: GCJ-02", "第40行", "覆盖要量距离，地图的坐标系请填"},
		{"图层: population, 频率", "图层: population, 半径: \"5\", 频率", "第41行", "是图层的全部，不能有半径"},
		{"比例: reached, 除以: people", "比例: reached, 除以: places", "第42行", "覆盖的分母要是同一类图层的全部"},
		{"合计: seats, 存量", "合计: seats, 图层: population, 存量", "第37行", "统计“座位数”：只有覆盖有图层和半径"},
		{"比例: open_rooms, 除以: places", "比例: open_rooms, 除以: streets", "第39行", "“streets”不是本登记的统计"},
		// what is not yet known where it stands, at its own line
		{"{代码: kind, 名称: 类别, 类型: 单选", "{代码: kind, 名称: 类别, 必填: chairs > 1, 类型: 单选", "第14行", "“chairs”不是本业务登记的字段"},
		{"代码: seats, 名称: 座位", "代码: seats, 谁填: [guest], 名称: 座位", "第18行", "办理里没有“guest”"},
		{"需要: [reason, closed_on]", "需要: [reason, shut_on]", "第31行", "“shut_on”不是字段"},
		// what is shown
		{"规则: not enough", "规则: not plenty", "第44行", "“plenty”不是本业务登记的字段"},
		{"列: [number, room_name, seats]", "列: [number, rounds]", "第45行", "“rounds”不是字段，或者不能列出"},
		{"筛选: [kind, state]", "筛选: [seats]", "第45行", "不能按“seats”筛选"},
		{"排序: room_name", "排序: visits", "第45行", "不能按“visits”排序"},
		{"地图: {点: place,", "地图: {点: room_name,", "第46行", "地图用的“room_name”不是这种字段"},
		{"公开: {列: [room_name, place]}", "公开: {列: [phone]}", "第47行", "公开的“phone”不是字段"},
		{"转办: {从: [draft], 谁: keeper", "转办: {从: [draft], 谁: guest", "第48行", "办理里没有“guest”"},
		{"转办: {从: [draft]", "转办: {从: [asleep]", "第48行", "没有“asleep”这个状态"},
		{"栏目: rounds.on_day", "栏目: rounds.at_day", "第53行", "“rounds.at_day”不是字段"},
	} {
		if strings.Count(good, c.old) != 1 {
			t.Errorf("%q stands %d times in the good file", c.old, strings.Count(good, c.old))
			continue
		}
		said := strings.Join(parse(strings.Replace(good, c.old, c.made, 1)), "\n")
		found := false
		for _, one := range strings.Split(said, "\n") {
			found = found || strings.Contains(one, c.line) && strings.Contains(one, c.reason)
		}
		if !found || !strings.Contains(said, "x.yaml第") {
			t.Errorf("%q for %q says %q, want %s %s", c.made, c.old, said, c.line, c.reason)
		}
	}
}

// Which measures count a record is kept in 64 bits: a sixty-fifth would count nothing and say so nowhere.
func TestARegisterHasNoMoreMeasuresThanBits(t *testing.T) {
	t.Parallel()
	const first = "  - {代码: places,"
	for more, refused := range map[int]bool{57: false, 58: true} { // beside seven of the good file
		var lines strings.Builder
		for i := range more {
			fmt.Fprintf(&lines, "  - {代码: more_%d, 名称: 数%d, 数: 记录, 存量: [opened_on]}\n", i, i)
		}
		said := strings.Join(parse(strings.Replace(good, first, lines.String()+first, 1)), "\n")
		if refused != strings.Contains(said, "最多有64项统计") || !refused && said != "" {
			t.Errorf("%d measures more: %q", more, said)
		}
	}
}
