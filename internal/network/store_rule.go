package network

// Rows of rules, a version each.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

const ruleColumns = `code, version, body, kind, title, text, basis, in_force_on, repealed_on`

func scanRule(r db.Row) (u Rule, err error) {
	return u, r.Scan(&u.Code, &u.Version, &u.Body, &u.Kind, &u.Title, &u.Text, &u.Basis, &u.InForceOn, &u.RepealedOn)
}

// Rules are all versions of all rules, by body and kind, the newest version first.
func Rules(tx *db.Tx) ([]Rule, error) {
	return db.All(tx, scanRule, `SELECT `+ruleColumns+` FROM committee_rules ORDER BY body, kind, code, version DESC`)
}

// RulesOf are the versions of one rule, the newest first.
func RulesOf(tx *db.Tx, code string) ([]Rule, error) {
	return db.All(tx, scanRule, `SELECT `+ruleColumns+` FROM committee_rules WHERE code = $1 ORDER BY version DESC`,
		code)
}

// PutRule adds a version of a rule, which ends the one before it on the day on which it comes into force. A version
// that is there is only brought up to date, by an import.
func PutRule(tx *db.Tx, r Rule) (bool, error) {
	if err := r.Validate(); err != nil {
		return false, err
	}
	versions, err := RulesOf(tx, r.Code)
	if err != nil {
		return false, err
	}
	newest := 0
	for _, old := range versions {
		newest = max(newest, old.Version)
		if old.Body != r.Body {
			return false, errs.Conflictf("代码%s是另一个机构的制度。请换一个代码。", r.Code)
		}
		if old.Version == r.Version {
			if r.RepealedOn == "" {
				r.RepealedOn = old.RepealedOn
			}
			if old == r {
				return false, nil
			}
			return true, tx.Exec(`UPDATE committee_rules SET kind = $1, title = $2, text = $3, basis = $4,
				in_force_on = $5,
					repealed_on = $6 WHERE code = $7 AND version = $8`, r.Kind, r.Title, r.Text, r.Basis, r.InForceOn,
				r.RepealedOn, r.Code, r.Version)
		}
	}
	if r.Version == 0 {
		r.Version = newest + 1
	}
	for _, old := range versions {
		if old.Version == newest && newest < r.Version {
			if old.InForceOn >= r.InForceOn {
				return false, errs.Fields{"in_force_on": {Key: "新版本的施行日期须在上一版之后。"}}.
					Check("没有保存：请先改正标出的地方。")
			}
			if old.RepealedOn == "" || old.RepealedOn > r.InForceOn {
				if err := tx.Exec(`UPDATE committee_rules SET repealed_on = $1 WHERE code = $2 AND version = $3`,
					r.InForceOn,
					old.Code, old.Version); err != nil {
					return false, err
				}
			}
		}
	}
	return true, tx.Exec(`INSERT INTO committee_rules (`+ruleColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		r.Code, r.Version, r.Body, r.Kind, r.Title, r.Text, r.Basis, r.InForceOn, r.RepealedOn)
}
