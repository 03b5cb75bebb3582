package score

// What is done with sheets: drafted, fixed, followed by a later version; and who gives which scores.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
)

var unseen = errs.Missingf("没有找到这张评分表。它可能不存在，或者您没有查看权限。")

// House is what sheets need of the modules above.
type House struct {
	Sees func(tx *db.Tx, by auth.User, object string) error // whether by may see an object
	Adds func(tx *db.Tx, by auth.User, object string) error // whether by may have units scored for it
	// Asked are the units that an object asks, such as the participants of a round; asked is false if it names none.
	Asked func(tx *db.Tx, about string) (units []string, asked bool, err error)
	Files blob.Store
}

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
	if s.State != Draft {
		own, err := s.engaged(tx, by)
		if err != nil || len(own) > 0 {
			return s, err
		}
	}
	return Sheet{}, unseen
}

// Make drafts a sheet, or a later version of one: series is then that of the version that it follows.
func Make(tx *db.Tx, by auth.User, s Sheet, h House) (Sheet, error) {
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
		if err := h.Adds(tx, by, s.About); err != nil {
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
