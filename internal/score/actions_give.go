package score

// Who gives which scores: a unit itself, those whom the sheet's office has engaged, and the office for who files on
// paper.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/held"
	"yipanqi/internal/network"
)

// Handed is one score as it is handed in; Scan is the paper from which the office enters it.
type Handed struct {
	Subject, Side string
	Item          int
	Points        string
	Evidence      string
	Scan          evidence.File
}

// Give gives a unit a score for one item, from one side, or replaces what that side gave.
func Give(tx *db.Tx, by auth.User, id string, in Handed, h House) (Score, error) {
	s, err := Read(tx, by, id)
	if err != nil {
		return Score{}, err
	}
	if err := by.Check(VerbGive); err != nil {
		return Score{}, err
	}
	if s.State != Fixed {
		return Score{}, errs.Conflictf("这一版评分表现在不能打分：%s。", s.State.Words())
	}
	who, err := s.hands(tx, by, h)
	if err != nil {
		return Score{}, err
	}
	subject, at, err := who.subject(tx, in.Subject)
	if err != nil {
		return Score{}, err
	}
	behalf, err := who.may(in.Side, subject, at)
	if err != nil {
		return Score{}, err
	}
	c := Score{Sheet: s.ID, Subject: subject.Code, Side: in.Side, Item: in.Item,
		Evidence: strings.TrimSpace(in.Evidence), Behalf: behalf, PersonID: by.ID, Person: by.Name, GivenAt: tx.Now}
	if c.Points, err = s.fits(in); err != nil {
		return c, err
	}
	all, err := Given(tx, s.ID)
	if err != nil {
		return c, err
	}
	for _, one := range all {
		if one.Subject == c.Subject && one.Side != c.Side && one.PersonID == by.ID {
			return c, errs.Deniedf("您已经从“%s”给这个单位打过分，不能再从另一方打分。", SideWords(one.Side))
		}
	}
	before := held.Row{}
	at1 := slices.IndexFunc(all, func(one Score) bool {
		return one.Subject == c.Subject && one.Side == c.Side && one.Item == c.Item
	})
	if at1 >= 0 && behalf && !all[at1].Behalf {
		return c, errs.Deniedf("这一项%s本人已经打过分，不能代录覆盖。要改，请本人改。", all[at1].Person)
	}
	if behalf {
		if err := c.scanned(tx, by, s, in.Scan); err != nil {
			return c, err
		}
	}
	if at1 >= 0 {
		c.ID, before = all[at1].ID, all[at1].row()
		err = updateScore(tx, c)
	} else {
		c.ID = db.NewID()
		err = insertScore(tx, c)
	}
	if err != nil {
		return c, err
	}
	return c, held.Log(tx, by, VerbGive, c.object(), before, c.row(), nil)
}

// scanned lays down the paper from which the office enters a score. One paper holds all items that a side gives a unit:
// it is asked for once.
func (s Score) scanned(tx *db.Tx, by auth.User, of Sheet, scan evidence.File) error {
	object := of.paper(s.Subject, s.Side)
	files, err := evidence.Of(tx, object)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(files, evidence.File.Current)
	switch {
	case scan.Digest == "" && at < 0:
		return errs.Fields{"scan": {Key: "代录要附上打分人签名的纸质评分表扫描件。"}}.Check("没有打分：请先改正标出的地方。")
	case scan.Digest == "" || at >= 0 && files[at].Digest == scan.Digest:
		return nil
	case at >= 0:
		scan.Replaces = files[at].ID
	}
	post, _ := by.PostFor(of.Office, auth.Office)
	scan.Object, scan.Unit = object, post.UnitName
	_, err = evidence.Attach(tx, by, scan)
	return err
}

// paperKind is what the papers are called on which the office finds what it enters for others.
const paperKind = "score_paper"

// paper is the object on which the scan lies of what a side gave a unit on paper.
func (s Sheet) paper(subject, side string) string {
	return paperKind + "/" + strings.Join([]string{s.ID, subject, side}, "~")
}

// fits are the points, if they fit the item.
func (s Sheet) fits(in Handed) (Tenths, error) {
	wrong := errs.Fields{}
	points, ok := Points(in.Points)
	switch {
	case in.Item < 1 || in.Item > len(s.Items):
		wrong.Say("item_number", "没有这一项。")
	case s.Items[in.Item-1].Indicator != "":
		wrong.Say("item_number", "这一项由程序按指标计算，不打分。")
	case !ok:
		wrong.Say("points", "分数要写成数字，最多一位小数。")
	case points > s.Items[in.Item-1].Points:
		wrong.Say("points", "这一项最高%s分。", s.Items[in.Item-1].Points.String())
	}
	if longer(in.Evidence, maxText) {
		wrong.Say("evidence", "依据最多%d个字。", maxText)
	}
	return points, wrong.Check("没有打分：请先改正标出的地方。")
}

// hands is somebody who would score by a sheet: what makes them one of its sides.
type hands struct {
	Sheet
	by     auth.User
	own    []hired
	office bool
	asked  []string // units; nil: all of the office's area
	today  string
}

// hired is an engagement of theirs for what the sheet is about, with the areas of its scope.
type hired struct {
	engagement.Engagement
	paths []string
	third string // unit of the network that is the contractor
}

// engaged are by's open engagements for what the sheet is about, by the office whose sheet it is: those of another one,
// such as a district that takes part, have no say here.
func (s Sheet) engaged(tx *db.Tx, by auth.User) ([]engagement.Engagement, error) {
	if s.About == "" {
		return nil, nil
	}
	own, err := engagement.About(tx, by, s.About)
	return slices.DeleteFunc(own, func(e engagement.Engagement) bool { return e.Office != s.Office }), err
}

func (s Sheet) hands(tx *db.Tx, by auth.User, h House) (w hands, err error) {
	w.Sheet, w.by, w.today = s, by, tx.Today()
	_, w.office = by.PostFor(s.Office, auth.Office)
	own, err := s.engaged(tx, by)
	if err != nil {
		return w, err
	}
	for _, e := range own {
		one := hired{Engagement: e}
		if one.paths, err = e.Paths(tx); err != nil {
			return w, err
		}
		if e.Third != "" {
			t, err := engagement.GetThird(tx, e.Third)
			if err != nil {
				return w, err
			}
			one.third = t.Unit
		}
		w.own = append(w.own, one)
	}
	if s.About != "" && h.Asked != nil {
		units, asked, err := h.Asked(tx, s.About)
		if err != nil {
			return w, err
		}
		if asked {
			w.asked = append([]string{}, units...)
		}
	}
	return w, nil
}

// subject is a unit that can be scored by the sheet, with its area: one of those that the object asks, or, where it
// asks none, one in the office's area.
func (w hands) subject(tx *db.Tx, code string) (u network.Unit, at network.Area, err error) {
	if u, err = network.UnitByCode(tx, code); err != nil {
		return u, at, errs.In("subject_unit", err)
	}
	if at, err = network.AreaByID(tx, u.AreaID); err != nil {
		return u, at, err
	}
	switch {
	case !w.scored(u, at):
		err = errs.In("subject_unit", errs.Missingf("没有找到这个单位，或者它不在您的工作范围内。"))
	case w.asked != nil && !slices.Contains(w.asked, u.Code):
		err = errs.Fields{"subject_unit": {Key: "这个单位没有参加这次评估，不能按这张表打分。"}}.
			Check("没有打分：请先改正标出的地方。")
	}
	return u, at, err
}

// scored says whether a unit is in the office's area and open.
func (w hands) scored(u network.Unit, at network.Area) bool {
	return strings.HasPrefix(at.Path, w.AreaPath) && u.OpenOn(w.today)
}

// may says whether they score a unit from a side, and whether they write down for the office what was scored on paper.
// A unit scores nobody but itself, and nobody else scores it as itself.
func (w hands) may(side string, subject network.Unit, at network.Area) (behalf bool, err error) {
	ours := slices.ContainsFunc(w.by.Posts, func(p auth.Post) bool {
		return p.Unit == subject.Code && w.by.Sees(p.Unit, "")
	})
	if side == Self {
		if ours {
			return false, nil
		}
		return false, errs.Deniedf("自评分由本单位自己打。")
	}
	wanted := map[string]engagement.Role{Third: engagement.ByContract, Group: engagement.Supervisor}[side]
	if wanted == "" {
		return false, errs.Fields{"side": {Key: "请选择自评、第三方或督导组。"}}.Check("没有打分：请先改正标出的地方。")
	}
	if ours {
		return false, errs.Deniedf("不能从第三方或督导组给自己的单位打分。")
	}
	err = errs.Deniedf("这一方的分由受聘的人打，或者由妇儿工委办代录。")
	for _, e := range w.own {
		switch {
		case e.Role != wanted:
		case e.Tied(subject.Code) || e.third == subject.Code:
			err = errs.Deniedf("您与%s有利害关系，不能给它打分。", subject.Name)
		case !slices.ContainsFunc(e.paths, func(path string) bool { return strings.HasPrefix(at.Path, path) }):
			err = errs.Deniedf("%s不在您受聘的地区范围内，不能给它打分。", subject.Name)
		default:
			return false, nil
		}
	}
	if w.office {
		return true, nil
	}
	return false, err
}
