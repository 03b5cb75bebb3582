package score

// What is done with sheets: drafted, fixed, followed by a later version; and who gives which scores.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
)

var unseen = errs.Missingf("没有找到这张评分表。它可能不存在，或者您没有查看权限。")

// sees says whether a post shows by the sheet: a draft is its office's and of who oversees it.
func (s Sheet) sees(by auth.User) bool {
	if by.Sees(s.Office, s.AreaPath) {
		return true
	}
	return s.State != Draft && slices.ContainsFunc(by.Posts, func(p auth.Post) bool {
		return by.Sees(p.Unit, "") && strings.HasPrefix(p.AreaPath, s.AreaPath)
	})
}

// Read returns a version that by may see; who is engaged for what it is about sees it once it is fixed.
func Read(tx *db.Tx, by auth.User, id string) (Sheet, error) {
	s, err := Get(tx, id)
	if err != nil || s.sees(by) {
		return s, err
	}
	if s.About != "" && s.State != Draft {
		own, err := engagement.About(tx, by, s.About)
		if err != nil || len(own) > 0 {
			return s, err
		}
	}
	return Sheet{}, unseen
}

// Make drafts a sheet, or a later version of one: series is then that of the version that it follows.
func Make(tx *db.Tx, by auth.User, s Sheet, sees func(*db.Tx, auth.User, string) error) (Sheet, error) {
	at := slices.IndexFunc(by.Posts, func(p auth.Post) bool { return p.Role == auth.Office })
	if at < 0 {
		return s, notOffice
	}
	s.ID, s.Office, s.AreaPath = db.NewID(), by.Posts[at].Unit, by.Posts[at].AreaPath
	s.State, s.Version, s.UpdatedBy, s.UpdatedAt = Draft, 1, by.Name, tx.Now
	if _, _, err := life.Take(VerbDraft, by, Sheet{Office: s.Office}.as(by)); err != nil {
		return s, err
	}
	if s.Series == "" {
		s.Series, s.Number = s.ID, 1
	} else {
		before, err := versions(tx, s.Series)
		if err != nil || len(before) == 0 || before[0].Office != s.Office {
			return s, orUnseen(err)
		}
		last := before[len(before)-1]
		if last.State == Draft {
			return s, errs.Conflictf("已经有一个新版草稿（第%d版）。请改那一版。", last.Number)
		}
		if s.Reason = strings.TrimSpace(s.Reason); s.Reason == "" || longer(s.Reason, maxText) {
			return s, errs.Fields{"reason": {Key: "请写明为什么改，600字以内。"}}.Check("没有保存：请写明为什么改。")
		}
		s.Number, s.About = last.Number+1, last.About
	}
	if s.About != "" {
		if err := sees(tx, by, s.About); err != nil {
			return s, errs.In("about", err)
		}
	}
	if err := s.known(tx); err != nil {
		return s, err
	}
	if err := insert(tx, s); err != nil {
		return s, err
	}
	return s, held.Log(tx, by, VerbDraft, s.Object(), nil, s.row(), nil)
}

func orUnseen(err error) error {
	if err != nil {
		return err
	}
	return unseen
}

// known refuses a sheet that says too little or names an indicator that there is not.
func (s *Sheet) known(tx *db.Tx) error {
	if err := s.check(); err != nil {
		return err
	}
	wrong := errs.Fields{}
	for n, i := range s.Items {
		if i.Indicator == "" {
			continue
		}
		if _, err := indicator.ByCode(tx, i.Indicator); errs.KindOf(err) == errs.Missing {
			wrong.Say("items", "第%d项：没有代码是“%s”的指标。", n+1, i.Indicator)
		} else if err != nil {
			return err
		}
	}
	return wrong.Check("没有保存：请先改正标出的地方。")
}

func (s *Sheet) move(tx *db.Tx, by auth.User, verb string, to State) error {
	before := s.row()
	s.State, s.UpdatedBy, s.UpdatedAt = to, by.Name, tx.Now
	if err := update(tx, s); err != nil {
		return err
	}
	return held.Log(tx, by, verb, s.Object(), before, s.row(), nil)
}

// Fix makes a draft the version that is scored by; the one before keeps its scores and takes no more.
func Fix(tx *db.Tx, by auth.User, id string, version int64) (Sheet, error) {
	s, err := Read(tx, by, id)
	if err != nil {
		return s, err
	}
	if _, _, err := life.Take(VerbFix, by, s.as(by)); err != nil {
		return s, err
	}
	if s.Version != version {
		return s, errs.Conflictf("%s刚刚改过这张评分表。请刷新页面，核对后再操作。", s.UpdatedBy)
	}
	earlier, err := versions(tx, s.Series)
	for _, one := range earlier {
		if err == nil && one.State == Fixed {
			err = one.move(tx, journal.System, VerbReplace, Replaced)
		}
	}
	if err != nil {
		return s, err
	}
	return s, s.move(tx, by, VerbFix, Fixed)
}

// Handed is one score as it is handed in.
type Handed struct {
	Subject, Side string
	Item          int
	Points        string
	Evidence      string
}

// Give gives a unit a score for one item, from one side, or replaces what that side gave.
func Give(tx *db.Tx, by auth.User, id string, h Handed) (Score, error) {
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
	subject, err := s.subject(tx, h.Subject)
	if err != nil {
		return Score{}, err
	}
	behalf, err := s.may(tx, by, h.Side, subject)
	if err != nil {
		return Score{}, err
	}
	c := Score{Sheet: s.ID, Subject: subject.Code, Side: h.Side, Item: h.Item, Evidence: strings.TrimSpace(h.Evidence),
		Behalf: behalf, PersonID: by.ID, Person: by.Name, GivenAt: tx.Now}
	if c.Points, err = s.fits(h); err != nil {
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
	at := slices.IndexFunc(all, func(one Score) bool {
		return one.Subject == c.Subject && one.Side == c.Side && one.Item == c.Item
	})
	if at >= 0 {
		c.ID, before = all[at].ID, all[at].row()
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

// subject is a unit that can be scored by the sheet: one in the office's area.
func (s Sheet) subject(tx *db.Tx, code string) (network.Unit, error) {
	u, err := network.UnitByCode(tx, code)
	if err != nil {
		return u, errs.In("subject", err)
	}
	at, err := network.AreaByID(tx, u.AreaID)
	if err == nil && (!strings.HasPrefix(at.Path, s.AreaPath) || !u.OpenOn(tx.Today())) {
		err = errs.In("subject", errs.Missingf("没有找到这个单位，或者它不在您的工作范围内。"))
	}
	return u, err
}

// fits are the points, if they fit the item.
func (s Sheet) fits(h Handed) (Tenths, error) {
	wrong := errs.Fields{}
	points, ok := Points(h.Points)
	switch {
	case h.Item < 1 || h.Item > len(s.Items):
		wrong.Say("item", "没有这一项。")
	case s.Items[h.Item-1].Indicator != "":
		wrong.Say("item", "这一项由程序按指标计算，不打分。")
	case !ok:
		wrong.Say("points", "分数要写成数字，最多一位小数。")
	case points > s.Items[h.Item-1].Points:
		wrong.Say("points", "这一项最高%s分。", s.Items[h.Item-1].Points.String())
	}
	if longer(h.Evidence, maxText) {
		wrong.Say("evidence", "依据最多%d个字。", maxText)
	}
	return points, wrong.Check("没有打分：请先改正标出的地方。")
}

// may says whether by scores a unit from a side, and whether the office writes down what was scored on paper. A unit
// scores nobody but itself, and nobody else scores it as itself.
func (s Sheet) may(tx *db.Tx, by auth.User, side string, subject network.Unit) (behalf bool, err error) {
	if side == Self {
		if slices.ContainsFunc(by.Posts, func(p auth.Post) bool {
			return p.Unit == subject.Code && by.Sees(p.Unit, "")
		}) {
			return false, nil
		}
		return false, errs.Deniedf("自评分由本单位自己打。")
	}
	wanted := map[string]engagement.Role{Third: engagement.ByContract, Group: engagement.Supervisor}[side]
	if wanted == "" {
		return false, errs.Fields{"side": {Key: "请选择自评、第三方或督导组。"}}.Check("没有打分：请先改正标出的地方。")
	}
	if slices.ContainsFunc(by.Posts, func(p auth.Post) bool { return p.Unit == subject.Code }) {
		return false, errs.Deniedf("不能从第三方或督导组给自己的单位打分。")
	}
	if s.About != "" {
		own, err := engagement.About(tx, by, s.About)
		if err != nil {
			return false, err
		}
		for _, e := range own {
			if e.Role == wanted && !e.Tied(subject.Code) {
				return false, nil
			}
		}
	}
	if _, ok := by.PostFor(s.Office, auth.Office); ok {
		return true, nil
	}
	return false, errs.Deniedf("这一方的分由受聘的人打，或者由妇儿工委办代录。")
}

// computed are the points of the items that name an indicator, for a unit's area; what cannot be judged is not there.
func (s Sheet) computed(tx *db.Tx, area network.Area) (map[int]Tenths, error) {
	points := map[int]Tenths{}
	for n, i := range s.Items {
		if i.Indicator == "" {
			continue
		}
		ind, err := indicator.ByCode(tx, i.Indicator)
		if err != nil {
			return nil, err
		}
		targets, err := progress.Targets(tx, area.ID, ind.ID)
		if err != nil {
			return nil, err
		}
		series, err := progress.Values(tx, progress.Query{Indicators: []indicator.Indicator{ind},
			Areas: []network.Area{area}})
		if err != nil {
			return nil, err
		}
		year := 0
		if len(series) > 0 {
			year = series[len(series)-1].Period.Year()
		}
		switch progress.Judge(series, progress.First(progress.TargetsAt(targets[ind.ID], year))).Lamp {
		case progress.LampMet:
			points[n+1] = i.Points
		case progress.LampOnPace, progress.LampBehind, progress.LampWorsening, progress.LampShort:
			points[n+1] = 0
		}
	}
	return points, nil
}
