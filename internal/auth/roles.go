package auth

// The one table of which role may take which action; routes and buttons follow it, docs/access.txt shows it.

import (
	"slices"
	"sort"
)

// Roles of product.md's table. Their Chinese words are data (labels), so a city may use its own.
const (
	Office         = "office"           // 妇儿工委办
	Statistician   = "statistician"     // 统计负责人
	Leader         = "leader"           // 单位负责人
	Liaison        = "liaison"          // 联络员
	CommitteeChief = "committee_leader" // 主任/副主任
	SystemAdmin    = "system_admin"     // 三员: accounts
	SecurityAdmin  = "security_admin"   // 三员: permissions and keys
	AuditAdmin     = "audit_admin"      // 三员: the journal
)

var (
	everybody = []string{"profile.edit", "session.close", "sample.day"}
	readers   = []string{"board.read", "indicator.read", "area.read", "unit.read", "plan.read", "form.read",
		"proof.read", "search.read", "trail.read", "trail.write", "check.read", "check.create", "check.area",
		"check.delete", "holiday.read", "notice.read", "notice.mark"}
	// what belongs to each role beyond what everybody and every reader may
	own = map[string][]string{
		Office: {"submission.read", "submission.accept", "submission.return", "submission.withdraw",
			"submission.restore", "receipt.read", "report.read", "report.edit", "check.correct"},
		Statistician: {"submission.read", "submission.edit", "submission.prepare", "submission.amend",
			"submission.recall", "submission.drop", "receipt.read", "key.create", "check.correct", "evidence.attach",
			"evidence.withdraw"},
		Leader:         {"submission.read", "submission.sign", "submission.return", "receipt.read", "key.create"},
		Liaison:        {"submission.read", "receipt.read"},
		CommitteeChief: {"submission.read", "receipt.read", "report.read"},
		SystemAdmin: {"account.read", "account.create", "account.disable", "account.enable", "account.unlock",
			"account.reset", "post.add", "post.end", "job.read", "job.retry"},
		SecurityAdmin: {"role.read", "session.end", "key.retire"},
		AuditAdmin:    {"journal.read"},
	}
)

// Roles lists all roles, sorted.
func Roles() []string {
	var roles []string
	for role := range own {
		roles = append(roles, role)
	}
	sort.Strings(roles)
	return roles
}

// KnownRole says whether the program knows the role.
func KnownRole(role string) bool { _, ok := own[role]; return ok }

func roleHas(role, verb string) bool {
	verbs, known := own[role]
	if !known {
		return false
	}
	return slices.Contains(everybody, verb) || slices.Contains(verbs, verb) || !administrator(role) &&
		slices.Contains(readers, verb)
}

// Apart says whether nobody may hold both roles: each of the three is a person of their own, with no business beside.
func Apart(a, b string) bool { return a != b && (administrator(a) || administrator(b)) }

// administrator: none of the three reads business data.
func administrator(role string) bool {
	return role == SystemAdmin || role == SecurityAdmin || role == AuditAdmin
}

func overseer(role string) bool { return role == Office || role == CommitteeChief }

// Verbs are what role may beyond what everybody may.
func Verbs(role string) []string {
	if administrator(role) {
		return own[role]
	}
	return append(slices.Clone(readers), own[role]...)
}

// RoleCan says whether role has verb; nobody ("") has only what is public.
func RoleCan(role, verb string) bool { return verb == Public || roleHas(role, verb) }
