package register

// The keys of a register's file in Chinese.

import "yipanqi/internal/definition"

const keys definition.Keys = "code=代码 name=名称,标签 name_en=英文名 system=来源系统 privacy=保密 number=编号 " +
	"goals=目标 indicators=指标 note=说明 parts=办理 fields=字段 states=状态 stages=环节 set=环节组 checks=核对 measures=统计 " +
	"views=视图 list=列表 map=地图 prints=打印 public=公开 referral=转办 " +
	"roles=岗位 kinds=单位类别 above=上级 group=组 group_en=英文组名 type=类型 required=必填 when=何时必填,条件 help=提示 " +
	"of=选自 options=选项 unit=计量单位 unit_en=英文计量单位 decimals=小数 min=最小 max=最大 level=层级 value=算式 " +
	"columns=列 by=分项 " +
	"append=只增 ordered=有序 noted=须注 writers=谁填 in_states=何时填 seen=给谁看 until=到何时 " +
	"counts=计数 ends=结束 from=从 verb=动作 who=谁 not=不得 to=到 within=期限 counted=起算 needs=需要 basis=依据 " +
	"since=自 limit=限 confirmed=已确认 rule=规则 message=说法 message_en=英文说法 kind=类别 " +
	"count=数 sum=合计 distinct=去重 median=中位 share=比例 over=除以 areas=区域数 institutions=单位数 posts=岗位数 texts=文字 within=覆盖 radius=半径 layer=图层 where=只计 stock=存量 flow=发生 " +
	"month=月份 split=分 area=按 into=计入 calibre=口径 indicator=对应指标 year_start=年度起始 per=频率 figure=来源数字 " +
	"categories=分类 category=归类 filters=筛选 sort=排序 point=点 shape=形 colour=颜色 crs=坐标系 boxes=栏 lines=空行 text=正文 section=节 label=栏名 field=栏目 report=可报故障 items=故障项目 unique=唯一 " +
	"opens=开表 quiet=静默 across=合核 raises=转督办 link=关联字段 at=期别字段 on=日期字段 days=天数 alike=同 least=至少 table=表 lead=牵头 due=限期"

// KeysHelp lists the keys in both languages, for who writes such files.
func KeysHelp() string { return keys.Help() }
