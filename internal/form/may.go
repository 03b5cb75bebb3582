package form

// Who may publish editions of a form. Who fills one in and signs it the form itself says.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

// MayPublish refuses who publishes neither all forms, as the office of the whole area does, nor those of the unit whose
// statistics they answer for: the authority that the form's head names.
func MayPublish(tx *db.Tx, by auth.User, issuer string) error {
	if err := by.Check(VerbPublish); err != nil {
		return err
	}
	root, err := network.Root(tx)
	if err != nil {
		return err
	}
	if _, all := by.Oversees(root.Path); all && by.Has(auth.Office) {
		return nil
	}
	for _, p := range by.Posts {
		if p.Role == auth.Statistician && p.UnitName == issuer {
			return nil
		}
	}
	return errs.Deniedf("报表由%s的妇儿工委办发布，或由制定机关（%s）的统计负责人发布。", root.Name, issuer)
}
