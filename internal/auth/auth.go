// Package auth says who is asking and what they may do: users with their posts, the verbs of each role,
// password hashes and sessions. Who holds which post is package network's business.
package auth

import (
	"slices"
	"strings"

	"yipanqi/internal/errs"
)

// Post is a post as rights need it: which role in which unit, and over which area.
type Post struct {
	ID       string
	Unit     string
	UnitName string
	UnitEN   string
	Role     string
	RoleName string
	AreaID   int64
	AreaCode string
	AreaPath string

	Delegation string // by which somebody acts in it, once it was found to hold; see package delegation
}

// User is the person behind a request. The zero User is nobody and may only what is public.
type User struct {
	ID       string
	Name     string
	NameEN   string
	Language string // zh or en; '' = as the browser asks
	Sample   bool
	Once     bool            // signed in with a password that somebody else set: may only change it
	Only     map[string]bool // the verbs that are left to them, as of an earlier day that can only be read; nil: all
	Posts    []Post
}

// Public is the verb of pages that everybody may see.
const Public = ""

// Known says whether somebody is signed in.
func (u User) Known() bool { return u.ID != "" }

// Can says whether one of the user's roles has the verb.
func (u User) Can(verb string) bool {
	if verb == Public {
		return true
	}
	if u.Only != nil && !u.Only[verb] {
		return false
	}
	for _, p := range u.Posts {
		if roleHas(p.Role, verb) && (!u.Once || slices.Contains(granted[Everybody], verb)) {
			return true
		}
	}
	return false
}

// Check is Can as an error.
func (u User) Check(verb string) error {
	if u.Can(verb) {
		return nil
	}
	if u.Once {
		return errs.Deniedf("您用的是一次性密码。请先在“我的账号”里改成自己的密码，再办其他事。")
	}
	if len(u.Posts) == 0 { // before the first day, or the day after the last
		return errs.Deniedf("您今天没有受聘或任职：还没有开始，或者已经结束，现在什么都不能看。" +
			"如有疑问，受聘的请联系聘请您的妇儿工委办，任职的请联系本单位。")
	}
	for _, p := range u.Posts {
		if p.Role == Outsider {
			return errs.Deniedf("您受聘的范围里没有这项内容。如确需办理，请联系聘请您的妇儿工委办。")
		}
		if p.Role == Office || administrator(p.Role) { // whom others are told to ask
			return errs.Deniedf("这件事由别的岗位办理，您的岗位不能代办。")
		}
	}
	return errs.Deniedf("您的岗位没有这项权限。如确需办理，请联系本单位联络员或妇儿工委办。")
}

// Sees says whether the user may see work of unit in the area at areaPath: a unit its own, an office and the
// committee's leaders all of their area's subtree.
func (u User) Sees(unit, areaPath string) bool {
	for _, p := range u.Posts {
		if p.Unit == unit && p.Unit != "" && !sightless(p.Role) {
			return true
		}
		if overseer(p.Role) && strings.HasPrefix(areaPath, p.AreaPath) {
			return true
		}
	}
	return false
}

// SeesAll says whether the user may see all work in the area at areaPath.
func (u User) SeesAll(areaPath string) bool { return u.Sees("", areaPath) }

// SeesFigures says whether the user may read the figures of the area at areaPath: those of an own post's area and of
// the areas above it, and for an office and the committee's leaders all below.
func (u User) SeesFigures(areaPath string) bool {
	for _, p := range u.Posts {
		if !sightless(p.Role) && strings.HasPrefix(p.AreaPath, areaPath) {
			return true
		}
	}
	return u.SeesAll(areaPath)
}

// Oversees says whether the user works in the office that checks what comes from areaPath: a post in an
// office whose area is the area itself or above it.
func (u User) Oversees(areaPath string) (Post, bool) {
	for _, p := range u.Posts {
		if p.Role == Office && strings.HasPrefix(areaPath, p.AreaPath) {
			return p, true
		}
	}
	return Post{}, false
}

// Administered are the paths of the areas whose people the user administers in role, one of the three.
func (u User) Administered(role string) (paths []string) {
	for _, p := range u.Posts {
		if p.Role == role && administrator(role) {
			paths = append(paths, p.AreaPath)
		}
	}
	return paths
}

// PostFor is the user's post with role in unit.
func (u User) PostFor(unit, role string) (Post, bool) {
	for _, p := range u.Posts {
		if p.Unit == unit && p.Role == role {
			return p, true
		}
	}
	return Post{}, false
}

// SignsFor is the user's post with role in unit, or the one in which they act for who holds it (代签).
func (u User) SignsFor(unit, role string) (Post, bool) {
	if post, ok := u.PostFor(unit, role); ok {
		return post, true
	}
	return u.PostFor(unit, Acting(role))
}

// Has says whether the user holds role anywhere.
func (u User) Has(role string) bool {
	for _, p := range u.Posts {
		if p.Role == role {
			return true
		}
	}
	return false
}
