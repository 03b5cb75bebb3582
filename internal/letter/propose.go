package letter

// Which kind of document the addressees suggest, by the 2012 rules: a person decides.

import (
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Propose is the kind that the main recipients suggest, and why; none while there are no recipients, and for minutes
// and circulars, which are so for what they say.
func Propose(tx *db.Tx, l Letter) (Kind, say.Words, error) {
	if len(l.Main) == 0 || l.Kind == KindMinutes || l.Kind == KindCircular {
		return "", say.Words{}, nil
	}
	home, err := network.UnitByCode(tx, l.Unit)
	if err != nil {
		return "", say.Words{}, err
	}
	above, below := false, true
	for _, code := range l.Main {
		u, err := network.UnitByCode(tx, code)
		if err != nil {
			return "", say.Words{}, err
		}
		area, err := network.AreaByID(tx, u.AreaID)
		if err != nil {
			return "", say.Words{}, err
		}
		above = above || u.Code == home.Parent && home.Parent != "" ||
			area.Path != l.AreaPath && strings.HasPrefix(l.AreaPath, area.Path)
		below = below && network.Follows(u, home.Parent)
	}
	switch {
	case above:
		return KindReport, say.New("主送上级：用报告；要求答复或批准的用请示。"), nil
	case below:
		return KindNotice, say.New("主送成员单位和下级妇儿工委：用通知。"), nil
	}
	return KindLetter, say.New("主送没有隶属关系的单位：用函。"), nil
}
