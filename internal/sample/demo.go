package sample

// demo.yaml read: who the sample's people are, on which day the city stands, and which forms went an unusual way. What
// becomes of it is sample.go's and play.go's.

import (
	"errors"
	"io/fs"

	"yipanqi/internal/definition"
	"yipanqi/internal/errs"
	"yipanqi/internal/signed"
	"yipanqi/internal/submission"
)

const scriptFile = "demo.yaml"

// demo is the file demo.yaml.
type demo struct {
	Day      string // on which the sample's own clock stands; empty: it goes by the machine's
	Starts   string // when the city began to use the program, if it has a clock
	Accounts []demoAccount
	Plays    []play
	Handouts []handout
}

// demoAccount is a person with one post: in Unit, or one in each unit of UnitKind. {area} and {area_en} in the login
// and the names stand for the unit's area.
type demoAccount struct {
	Login    string
	Name     string
	NameEN   string
	Unit     string
	UnitKind string
	Role     string
	Title    string // of the post, as rosters have it
	Room     string
	Phone    string
}

// play is how one form went, where that was not the usual way.
type play struct {
	Form, Unit, Period string
	Until              submission.State  // that it stops in; empty: accepted
	Back               string            // why it was returned or withdrawn
	Late               int               // days after the due date
	Notes              map[string]string // reasons for what is unlikely
	Signed             string            // paper: in ink; Back is then why a first scan was refused
	Amend              *amendment
}

// amendment opens an accepted form again.
type amendment struct {
	On, Reason string
	Cells      map[string]string
	Until      submission.State
	Back       string
}

const scriptKeys definition.Keys = "day=演示日 starts=开始使用 accounts=账号 plays=经过 handouts=发放文件 login=登录名 " +
	"name=姓名 name_en=英文名 unit=单位 unit_kind=单位类别 role=岗位 title=职务 room=处室 phone=办公电话 file=文件 form=报表 area=区域 period=期别 " +
	"until=止于 back=退回原因 late=逾期天数 signed=签字 notes=说明 amend=修订 on=日期 reason=原因 cells=数值"

func readDemo(fsys fs.FS) (demo, error) {
	var script demo
	body, err := fs.ReadFile(fsys, scriptFile)
	if errors.Is(err, fs.ErrNotExist) {
		return script, errs.Invalidf("目录里没有 %s：这不是演示数据。普通导入请去掉 --sample。", scriptFile)
	}
	if err != nil {
		return script, err
	}
	problems := definition.Read(scriptFile, body, scriptKeys, func(d *definition.Reader, n *definition.Node) {
		d.Fields(n,
			definition.May("day", d.Text(&script.Day, definition.Day)),
			definition.May("starts", d.Text(&script.Starts, definition.Day)),
			definition.Need("accounts", func(n *definition.Node) {
				d.List(n, func(n *definition.Node) { script.Accounts = append(script.Accounts, readAccount(d, n)) })
			}),
			definition.May("plays", func(n *definition.Node) {
				d.List(n, func(n *definition.Node) { script.Plays = append(script.Plays, readPlay(d, n)) })
			}),
			definition.May("handouts", func(n *definition.Node) {
				d.List(n, func(n *definition.Node) { script.Handouts = append(script.Handouts, readHandout(d, n)) })
			}),
		)
		if script.Day < script.Starts || (script.Day == "") != (script.Starts == "") {
			d.Problem(n, "day 和 starts 要一起写，day 不能早于 starts。")
		}
	})
	return script, problems.Check()
}

func readAccount(d *definition.Reader, n *definition.Node) (a demoAccount) {
	d.Fields(n,
		definition.Need("login", d.Text(&a.Login)),
		definition.Need("name", d.Text(&a.Name)),
		definition.May("name_en", d.Text(&a.NameEN)),
		definition.May("unit", d.Text(&a.Unit)),
		definition.May("unit_kind", d.Text(&a.UnitKind)),
		definition.Need("role", d.Text(&a.Role)),
		definition.May("title", d.Text(&a.Title)),
		definition.May("room", d.Text(&a.Room)),
		definition.May("phone", d.Text(&a.Phone)),
	)
	return a
}

func readPlay(d *definition.Reader, n *definition.Node) (p play) {
	d.Fields(n,
		definition.Need("form", d.Text(&p.Form)),
		definition.Need("unit", d.Text(&p.Unit)),
		definition.Need("period", d.Text(&p.Period)),
		definition.May("until", readState(d, &p.Until, submission.Withdrawn, submission.Printed, submission.Scanned)),
		definition.May("back", d.Text(&p.Back)),
		definition.May("late", d.Int(&p.Late)),
		definition.May("signed", d.Text(&p.Signed, definition.Among(map[string]bool{signed.InInk: true},
			"签字只能写paper，不能写“%s”。"))),
		definition.May("notes", readTexts(d, &p.Notes)),
		definition.May("amend", func(n *definition.Node) {
			a := readAmendment(d, n)
			p.Amend = &a
		}),
	)
	return p
}

func readAmendment(d *definition.Reader, n *definition.Node) (a amendment) {
	d.Fields(n,
		definition.Need("on", d.Text(&a.On, definition.Day)),
		definition.Need("reason", d.Text(&a.Reason)),
		definition.Need("cells", readTexts(d, &a.Cells)),
		definition.May("until", readState(d, &a.Until)),
		definition.May("back", d.Text(&a.Back)),
	)
	return a
}

// readState reads a state in which a form may be left behind.
func readState(d *definition.Reader, into *submission.State, more ...submission.State) func(*definition.Node) {
	words := map[string]bool{}
	for _, s := range append(more, submission.Draft, submission.Prepared, submission.Signed, submission.Returned) {
		words[string(s)] = true
	}
	return func(n *definition.Node) {
		text := ""
		d.Text(&text, definition.Among(words, "报表不能停在“%s”。"))(n)
		*into = submission.State(text)
	}
}

// readTexts reads texts by cell or check.
func readTexts(d *definition.Reader, into *map[string]string) func(*definition.Node) {
	return func(n *definition.Node) {
		*into = map[string]string{}
		d.Each(n, func(key, value *definition.Node) {
			text := ""
			d.Text(&text)(value)
			(*into)[key.Value] = text
		})
	}
}
