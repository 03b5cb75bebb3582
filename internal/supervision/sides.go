package supervision

// Who speaks for an area that is visited, and so receives what it is told: its government and its committee. Where
// several are registered and nothing says which it is, somebody is asked; none is taken because it stands first.

import (
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// sides are the units that speak for an area. What there is not is empty.
type sides struct {
	governments []string // all that are registered
	committees  []string // the one whose office works here; all that are registered where that is not known
	office      string   // the one that works here
}

// sidesOf are those of an area.
func sidesOf(tx *db.Tx, areaID int64) (s sides, err error) {
	area, err := network.AreaByID(tx, areaID)
	if err != nil {
		return s, err
	}
	if s.office, err = matter.OfficeOf(tx, area); err != nil && errs.KindOf(err) != errs.Invalid {
		return s, err
	}
	if s.office != "" {
		u, err := network.UnitByCode(tx, s.office)
		if err != nil {
			return s, err
		}
		if u.Parent != "" {
			s.committees = []string{u.Parent}
		}
	}
	if len(s.committees) == 0 {
		if s.committees, err = network.Committees(tx, areaID); err != nil {
			return s, err
		}
	}
	s.governments, err = network.Governments(tx, areaID)
	return s, err
}

// committee is the one that is told; or why it is not known.
func (s sides) committee(area network.Area) (string, error) {
	switch len(s.committees) {
	case 0:
		return "", errs.Conflictf("还没有登记%s的妇儿工委，没有主送单位。请先在单位里登记。", area.Name)
	case 1:
		return s.committees[0], nil
	}
	return "", errs.Conflictf("%s登记了%d个妇儿工委，不知道主送哪一个。请在单位里把区妇儿工委办登记为其中一个的下级。",
		area.Name, len(s.committees))
}

// government is the one that is told: the only one, or the one that was chosen of several.
func (s sides) government(area network.Area, chosen string) (string, error) {
	switch {
	case len(s.governments) == 0:
		return "", errs.Conflictf("意见函要主送两家，但还没有登记%s的政府。请先在单位里登记。", area.Name)
	case chosen != "" && !slices.Contains(s.governments, chosen):
		return "", wrongly("government", "请从%s登记的政府里选。", area.Name)
	case chosen != "":
		return chosen, nil
	case len(s.governments) > 1:
		return "", wrongly("government", "%s登记了%d个政府，请选主送哪一个。", area.Name, len(s.governments))
	}
	return s.governments[0], nil
}

// addressed finds the two that the letter goes to; chosen is one of several governments, empty where it was chosen
// before or there is only one.
func (b *Feedback) addressed(tx *db.Tx, chosen string) error {
	area, err := network.AreaByID(tx, b.AreaID)
	if err != nil {
		return err
	}
	s, err := sidesOf(tx, b.AreaID)
	if err != nil {
		return err
	}
	if chosen == "" && slices.Contains(s.governments, b.Government) {
		chosen = b.Government
	}
	if b.Government, err = s.government(area, chosen); err != nil {
		return err
	}
	b.Committee, err = s.committee(area)
	return err
}

// unitNames are units by their names.
func unitNames(tx *db.Tx, codes []string) (names []say.Name, err error) {
	for _, code := range codes {
		u, err := network.UnitByCode(tx, code)
		if err != nil {
			return nil, err
		}
		names = append(names, say.Name{ZH: u.Name, EN: u.NameEN})
	}
	return names, nil
}
