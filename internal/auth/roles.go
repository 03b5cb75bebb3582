package auth

// The roles, and who may take which action as the modules grant it; docs/access.txt shows it.

import (
	"slices"
	"sort"
	"strings"
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
	Outsider       = "outsider"         // 受聘人员: engaged from a day to a day, sees what the engagement names

	// 代签: sign for the holder of the post from a day to a day, see package delegation.
	ActingLeader       = "acting_leader"
	ActingStatistician = "acting_statistician"
	ActingLiaison      = "acting_liaison"
)

const acting = "acting_"

// Acting is the role of whoever signs for somebody in role.
func Acting(role string) string { return acting + role }

// IsActing says whether a role is one of those who sign for somebody else.
func IsActing(role string) bool { return strings.HasPrefix(role, acting) }

// What stands for several roles in Grants.
const (
	Everybody = "everybody" // who is signed in
	Readers   = "readers"   // all but the three administrators, those who are engaged and those who act for others
)

var all = []string{Office, Statistician, Leader, Liaison, CommitteeChief, SystemAdmin, SecurityAdmin, AuditAdmin,
	Outsider, ActingLeader, ActingStatistician, ActingLiaison}

// Grants are the verbs that a module grants: by role, or to Everybody and Readers.
type Grants map[string][]string

var granted = Grants{}

// Grant adds what a module grants. It is called while a program starts, by the variable in the module's module.go that
// its manifest names, and at no other time.
func Grant(g Grants) Grants {
	for to, verbs := range g {
		if to != Everybody && to != Readers && !KnownRole(to) {
			panic("there is no role " + to + " that something could be granted to")
		}
		for _, verb := range verbs {
			if !slices.Contains(granted[to], verb) {
				granted[to] = append(granted[to], verb)
			}
		}
		sort.Strings(granted[to])
	}
	return g
}

// Granted are all verbs that somebody has, sorted.
func Granted() []string {
	var verbs []string
	for _, some := range granted {
		verbs = append(verbs, some...)
	}
	sort.Strings(verbs)
	return slices.Compact(verbs)
}

// Roles lists all roles, sorted.
func Roles() []string { return slices.Sorted(slices.Values(all)) }

// KnownRole says whether the program knows the role.
func KnownRole(role string) bool { return slices.Contains(all, role) }

func roleHas(role, verb string) bool {
	has := func(role string) bool { return slices.Contains(granted[role], verb) }
	return KnownRole(role) && (has(Everybody) || has(role) || reads(role) && has(Readers))
}

// Apart says whether nobody may hold both roles: each of the three is a person of their own, with no business beside,
// and whoever is engaged has nothing of the house's own work.
func Apart(a, b string) bool { return a != b && (sightless(a) || sightless(b)) }

// ByHand says whether an administrator may give the role; who is engaged gets it with the engagement, who signs for
// somebody with the delegation, from a day to a day.
func ByHand(role string) bool { return KnownRole(role) && role != Outsider && !IsActing(role) }

// administrator: none of the three reads business data.
func administrator(role string) bool {
	return role == SystemAdmin || role == SecurityAdmin || role == AuditAdmin
}

// sightless: a post in the role shows nothing of its unit or area. What somebody engaged sees their engagement says.
func sightless(role string) bool { return administrator(role) || role == Outsider }

func overseer(role string) bool { return role == Office || role == CommitteeChief }

// Verbs are what role may beyond what everybody may. Whoever acts for somebody reads by their own post.
func Verbs(role string) []string {
	if !reads(role) {
		return granted[role]
	}
	return append(slices.Clone(granted[Readers]), granted[role]...)
}

// reads says whether role has what all who read the house's data have.
func reads(role string) bool { return !sightless(role) && !IsActing(role) }

// RoleCan says whether role has verb; nobody ("") has only what is public.
func RoleCan(role, verb string) bool { return verb == Public || roleHas(role, verb) }
