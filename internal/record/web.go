package record

// Routes of registers and their records, and the steps that records take. Pages are the other web files'.

import (
	"yipanqi/internal/matter"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes registers the module's pages.
func Routes(m *web.Mux, about About) {
	web.View(m, "GET /registers 列出业务登记", VerbRead, burdened(about), registersPage)
	web.View(m, "GET /registers/{code} 看一项业务登记的概况", VerbRead, showRegister, registerPage)
	web.View(m, "GET /registers/{code}/records 列出一项登记的记录", VerbRead, showList, listPage)
	web.View(m, "GET /registers/{code}/map 看一项登记的地图", VerbRead, showMap, mapPage)
	web.View(m, "GET /registers/{code}/geojson 下载一项登记的位置（GeoJSON）", VerbRead, geoJSON, nil)
	web.View(m, "GET /registers/{code}/records/new 打开新建记录页", VerbCreate, newRecord, formPage)
	web.Form(m, "POST /registers/{code}/records 新建一条记录", VerbCreate, create, again, formPage)
	web.View(m, "GET /registers/{code}/records/{id} 看一条记录", VerbRead, showWith(about), showPage)
	web.View(m, "GET /registers/{code}/records/{id}/edit 打开修改记录页", VerbSave, edit, formPage)
	web.Form(m, "POST /registers/{code}/records/{id}/edit 保存一条记录", VerbSave, save, edit, formPage)
	web.Form(m, "POST /registers/{code}/records/{id}/{verb} 办理一条记录的一个环节", VerbStep, step, showWith(about), showPage)
	web.View(m, "GET /registers/{code}/measures 看一项登记的统计", VerbRead, showMeasures, measurePage)
	web.View(m, "GET /registers/{code}/coverage 看一项登记按距离的覆盖", VerbRead, showCoverage, coveragePage)
	web.View(m, "GET /registers/{code}/coverage/print 打印覆盖率计算说明", VerbRead, printCoverage, nil)
	web.Form(m, "POST /registers/{code}/closings 把一期的统计数结账", VerbClose, closePeriod, measuresAgain, measurePage)
	web.View(m, "GET /registers/{code}/closings/{id} 看结账时的数和以后的差异", VerbRead, showClosing, closingPage)
	web.Form(m, "POST /registers/{code}/closings/{id}/reopen 撤销一次结账", VerbReopen, reopen, closingAgain, closingPage)
	web.View(m, "GET /registers/{code}/closings/{id}/records 列出结账时计入的记录", VerbRead, showCounted, countedPage)
	web.View(m, "GET /registers/{code}/import 打开导入记录页", VerbImport, showImport, importPage)
	web.View(m, "GET /registers/{code}/sheet 下载一项登记的空表", VerbImport, sheet, nil)
	web.Form(m, "POST /registers/{code}/import 导入一项登记的记录", VerbImport, importRows, importAgain, importPage,
		web.Before(readImport), web.In(web.Files))
	web.View(m, "GET /registers/{code}/records/{id}/print/{form} 打印一条记录", VerbRead, printOne, nil)
	web.View(m, "GET /registers/{code}/print/{form} 打印一览表或汇编", VerbRead, printMany, nil)
	web.View(m, "GET /referrals 列出登记转办", VerbRead, showReferrals, referralsPage)
	web.Form(m, "POST /registers/{code}/records/{id}/referrals 把一条记录转给别的单位", VerbOffer, offer, showWith(about),
		showPage)
	web.Form(m, "POST /referrals/{id}/accept 接收一条转来的记录", VerbAccept, settling(VerbAccept), referralOf(about),
		showPage)
	web.Form(m, "POST /referrals/{id}/refuse 拒收一条转来的记录", VerbRefuse, settling(VerbRefuse), referralOf(about),
		showPage)
	web.Form(m, "POST /referrals/{id}/withdraw 撤回一次转办", VerbWithdraw, settling(VerbWithdraw), referralOf(about),
		showPage)
	web.Form(m, "POST /registers/{code}/records/{id}/matters 把一条记录里的问题转为督办", VerbRaise, follow,
		showWith(about), showPage)
	web.View(m, "GET /records/{id} 转到一条记录的页面", VerbRead, turn, nil)
}

// recordInput names a record in its register.
type recordInput struct {
	Code string `json:"code"`
	ID   string `json:"id"`
}

// read is the record that was asked for, if it is of that register.
func (in recordInput) read(r *web.Request) (Record, desk, error) {
	rec, k, err := reading(r.Tx, r.User, in.ID)
	if err == nil && rec.Register != in.Code {
		err = unseen
	}
	return rec, k, err
}

func turn(r *web.Request, in struct {
	ID string `json:"id"`
}) (web.Redirect, error) {
	rec, err := Read(r.Tx, r.User, in.ID)
	return web.Redirect{To: rec.URL()}, err
}

// createInput is what a new record begins with.
type createInput struct {
	Code  string            `json:"code"`
	Unit  string            `json:"unit" doc:"Code of the unit that keeps it; the reader's first, if empty."`
	Area  string            `json:"area" doc:"Code of the area it lies in; the unit's own, if empty."`
	Value map[string]string `json:"value" doc:"By field; parts of a field stand under field:part."`
	Was   map[string]string `json:"was" doc:"As for saving; ignored here."`
}

func create(r *web.Request, in createInput) (web.Done[Record], error) {
	rec, err := Create(r.Tx, r.User, Draft{Register: in.Code, Unit: in.Unit, Area: in.Area, Given: in.Value})
	if err != nil {
		return web.Done[Record]{}, err
	}
	return done(r, rec, "已存为草稿。核对后请办理下一步。")
}

// saveInput is what an editor wrote, and what they had read.
type saveInput struct {
	Code    string            `json:"code"`
	ID      string            `json:"id"`
	Version int64             `json:"version"`
	Value   map[string]string `json:"value" doc:"By field; what is not given stays."`
	Was     map[string]string `json:"was" doc:"What the editor had read: lets changes of two editors stand together."`
}

func save(r *web.Request, in saveInput) (web.Done[Record], error) {
	if _, _, err := (recordInput{in.Code, in.ID}).read(r); err != nil {
		return web.Done[Record]{}, err
	}
	rec, err := Save(r.Tx, r.User, in.ID, in.Version, in.Was, in.Value)
	if err != nil {
		return web.Done[Record]{}, err
	}
	return done(r, rec, "已保存。")
}

// stepInput is a step with what it needs.
type stepInput struct {
	Code    string            `json:"code"`
	ID      string            `json:"id"`
	Verb    string            `json:"verb"`
	Version int64             `json:"version"`
	Reason  string            `json:"reason"`
	Value   map[string]string `json:"value" doc:"Fields that the step needs."`
}

func step(r *web.Request, in stepInput) (web.Done[Record], error) {
	if _, _, err := (recordInput{in.Code, in.ID}).read(r); err != nil {
		return web.Done[Record]{}, err
	}
	rec, err := Take(r.Tx, r.User, in.ID, in.Verb, in.Version, in.Reason, in.Value)
	if err != nil {
		return web.Done[Record]{}, err
	}
	d, err := ByVersion(r.Tx, rec.Register, rec.Version)
	if err != nil {
		return web.Done[Record]{}, err
	}
	return done(r, rec, "已办理，现在是“%s”。", d.State(rec.State).Name)
}

// followInput is what of a record is to be followed up.
type followInput struct {
	Code  string `json:"code"`
	ID    string `json:"id"`
	Place string `json:"place" doc:"Of the row that is followed up, as the record lists its findings; empty: the record."`
}

// followedUp is what became of it: a matter that is handed out, or a draft on the office's desk.
type followedUp struct {
	Matter string `json:"matter"`
	State  string `json:"state"`
}

func follow(r *web.Request, in followInput) (done web.Done[followedUp], err error) {
	rec, _, err := (recordInput{in.Code, in.ID}).read(r)
	if err != nil {
		return done, err
	}
	m, err := Follow(r.Tx, r.User, in.ID, in.Place)
	if err != nil {
		return done, err
	}
	done = web.Done[followedUp]{To: rec.URL(), Flash: part.In(r.Lang, "已报请督办，由妇儿工委办交办。"),
		Data: followedUp{m.ID, string(m.State)}}
	if m.State == matter.Raised {
		done.To, done.Flash = "/matters/"+m.ID, part.In(r.Lang, "已转为督办事项。")
	}
	return done, nil
}

// done tells a program what became of a record, as far as its user may see it.
func done(r *web.Request, rec Record, flash say.Key, args ...any) (web.Done[Record], error) {
	rec, err := seen(r.Tx, r.User, rec)
	return web.Done[Record]{To: rec.URL(), Flash: part.In(r.Lang, flash, args...), Data: rec}, err
}

// definitionOf is the register of a page, at work for the reader.
func definitionOf(r *web.Request, code string) (desk, error) {
	d, err := ByCode(r.Tx, code)
	if err != nil {
		return desk{}, err
	}
	return deskOf(r.Tx, r.User, d, "")
}
