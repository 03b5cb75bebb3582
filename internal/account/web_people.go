package account

// The two lists of people: that of the system administrator, by account, and that of the security administrator, by
// session and key. What may be done to one of them is in web_manage.go and web_person.go.

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/auth"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type usersInput struct {
	Search string `json:"q"`
	Role   string `json:"role" doc:"Code of a role that they have today."`
	State  string `json:"state" enum:"usable,none,disabled,locked" doc:"Of the account; none: there is no account."`
	Mail   string `json:"mail" enum:"none" doc:"none: only those in a post who have no e-mail address."`
	Sort   string `json:"sort"`
	Page   int    `json:"page"`
}

type securityInput struct {
	Search string `json:"q"`
	Role   string `json:"role" doc:"Code of a role that they have today."`
	Open   string `json:"open" enum:"yes,no" doc:"Whether they are signed in."`
	Key    string `json:"key" enum:"yes,no,wait" doc:"Whether they have a signing key; wait: one that must be compared with its owner before it signs."`
	Sort   string `json:"sort"`
	Page   int    `json:"page"`
}

// peopleData is a page of those whom the user administers.
type peopleData struct {
	People []Managed `json:"people"`
	list.Shown[Managed]
}

// shownPeople is what both lists need to show somebody.
type shownPeople struct {
	ctx   context.Context
	roles map[string]network.Label
	me    string
	ends  bool // posts
}

func listPeople(r *web.Request, in usersInput) (d peopleData, err error) {
	v, all, err := readPeople(r, auth.SystemAdmin, in.Search, in.Role, in.Mail)
	if err != nil {
		return d, err
	}
	v.ends = true
	all = slices.DeleteFunc(all, func(p Managed) bool { return in.State != "" && p.state() != in.State })
	at := list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{words(in.Search), v.roleFilter(in.Role),
		v.filter("state", "状态", in.State, accountStates), v.filter("mail", "邮箱", in.Mail,
			[]choice{{"none", "在岗而没有邮箱的"}})}}
	l := list.List[Managed]{Path: "/users", File: "people", Title: "人员与账号", Size: 50,
		Intro: say.New("谁在哪个单位任什么岗位，能不能登录。停用立即退出其全部登录；已签的字仍然有效。"),
		Empty: list.Empty{Title: "没有找到人员", Next: "换个条件看看，或者新增人员。", Label: "新增人员",
			URL: "/users/new"},
		First: "name", Actions: newPersonLink(),
		Columns: append(v.columns(),
			list.Column[Managed]{Name: "state", Label: "状态", Show: stateChip,
				Text:    func(ctx context.Context, p Managed) string { return part.T(ctx, p.stateWord()) },
				Compare: func(a, b Managed) int { return cmp.Compare(a.state(), b.state()) }},
			list.Column[Managed]{Label: "办理", Drawn: true, Show: v.accountSteps}),
	}
	l.Columns[1].Show = loginOf
	l.Columns[0].URL = func(p Managed) string { return "/users/" + p.ID }
	d.People, d.Shown, err = l.Sorted(r, at, all)
	return d, err
}

// securityData is who is signed in, who has a key, and what each role may.
type securityData struct {
	People []Managed `json:"people"`
	list.Shown[Managed]
	Rights []right `json:"rights"`
}

type right struct {
	Role  string   `json:"role"`
	Verbs []string `json:"verbs"`
}

func (r right) words(ctx context.Context) string {
	words := make([]string, len(r.Verbs))
	for i, verb := range r.Verbs {
		words[i] = part.T(ctx, auth.VerbWord(verb))
	}
	return part.Join(ctx, words)
}

func showSecurity(r *web.Request, in securityInput) (d securityData, err error) {
	v, all, err := readPeople(r, auth.SecurityAdmin, in.Search, in.Role, "")
	if err != nil {
		return d, err
	}
	for i := range all {
		if err := all[i].readDoubt(r.Tx); err != nil {
			return d, err
		}
	}
	for _, role := range auth.Roles() {
		d.Rights = append(d.Rights, right{role, auth.Verbs(role)})
	}
	all = slices.DeleteFunc(all, func(p Managed) bool {
		return differs(in.Open, p.Sessions > 0) || differs(in.Key, p.Key != "") || in.Key == "wait" && p.Doubt == nil
	})
	at := list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{words(in.Search), v.roleFilter(in.Role),
		v.filter("open", "登录中", in.Open, []choice{{"yes", "正在登录"}, {"no", "没有登录"}}),
		v.filter("key", "签名密钥", in.Key, []choice{{"yes", "有密钥"}, {"no", "没有密钥"}, {"wait", "待核对"}})}}
	l := list.List[Managed]{Path: "/security", File: "security", Title: "权限与密钥", Size: 50,
		Intro: say.New("谁正在登录，谁有签名密钥，各岗位能办什么。密钥停用后，已签的字仍然有效。"),
		Empty: list.Empty{Title: "没有找到人员", Next: "换个条件看看。", Label: "全部", URL: "/security"},
		First: "name", Below: rightsCard(v, d.Rights),
		Columns: append(v.columns(),
			list.Column[Managed]{Name: "open", Label: "登录中", Newest: true, Show: openSessions,
				Text:    func(_ context.Context, p Managed) string { return strconv.Itoa(p.Sessions) },
				Compare: func(a, b Managed) int { return cmp.Compare(a.Sessions, b.Sessions) }},
			list.Column[Managed]{Name: "key", Label: "签名密钥", Newest: true, Show: currentKey, Text: keyWords,
				Compare: func(a, b Managed) int {
					return strings.Compare(keyWords(r.Context, a), keyWords(r.Context, b))
				}},
			list.Column[Managed]{Label: "密钥编号", Saved: true,
				Text: func(_ context.Context, p Managed) string { return p.Key }}),
	}
	d.People, d.Shown, err = l.Sorted(r, at, all)
	return d, err
}

// differs says whether a filter of yes and no is against what is so.
func differs(asked string, is bool) bool { return asked == "yes" && !is || asked == "no" && is }

// keyWords are since when the key is in use; empty without one.
func keyWords(_ context.Context, p Managed) string {
	if p.Key == "" {
		return ""
	}
	return part.When(*p.KeyAt)
}

// readPeople reads everybody whom the user administers in role and who has words in the name and, if one is given, the
// role asked. They are as many as a network has, and posts, sessions and states order them: they are sorted in memory.
func readPeople(r *web.Request, role, words, asked, mail string) (v shownPeople, all []Managed, err error) {
	v = shownPeople{ctx: part.With(r.Context, part.Env{Lang: r.Lang}), me: r.User.ID}
	if v.roles, err = network.Labels(r.Tx, "role"); err != nil {
		return v, nil, err
	}
	all, err = People(r.Tx, r.User, role, strings.TrimSpace(words), "", mail)
	return v, slices.DeleteFunc(all, func(p Managed) bool {
		return asked != "" && !slices.ContainsFunc(p.Posts, func(post ManagedPost) bool { return post.Role == asked })
	}), err
}

// columns are those that both lists begin with.
func (v shownPeople) columns() []list.Column[Managed] {
	post := func(of func(context.Context, ManagedPost) string) func(context.Context, Managed) string {
		return func(ctx context.Context, p Managed) string {
			all := make([]string, len(p.Posts))
			for i, one := range p.Posts {
				all[i] = of(ctx, one)
			}
			return part.Join(ctx, all)
		}
	}
	posts := post(func(ctx context.Context, p ManagedPost) string {
		return part.Name(ctx, p.Unit, p.UnitEN) + " · " + v.role(ctx, p.Role)
	})
	return []list.Column[Managed]{
		{Name: "name", Label: "姓名",
			Text:    func(ctx context.Context, p Managed) string { return part.Name(ctx, p.Name, p.NameEN) },
			Compare: func(a, b Managed) int { return strings.Compare(a.Name, b.Name) }},
		{Name: "login", Label: "用户名",
			Text:    func(_ context.Context, p Managed) string { return p.Login },
			Compare: func(a, b Managed) int { return strings.Compare(a.Login, b.Login) }},
		{Label: "邮箱", Saved: true, Text: func(_ context.Context, p Managed) string { return p.Email }},
		{Name: "posts", Label: "岗位", Text: posts,
			Show:    func(p Managed) templ.Component { return managedPosts(v, p) },
			Compare: func(a, b Managed) int { return strings.Compare(posts(v.ctx, a), posts(v.ctx, b)) }},
		{Label: "单位代码", Saved: true, Text: post(func(_ context.Context, p ManagedPost) string { return p.Code })},
		{Label: "岗位代码", Saved: true, Text: post(func(_ context.Context, p ManagedPost) string { return p.Role })},
	}
}

func (v shownPeople) role(ctx context.Context, code string) string {
	if l, known := v.roles[code]; known {
		return part.Name(ctx, l.Name, l.NameEN)
	}
	return code
}

func words(value string) list.Filter {
	return list.Filter{Name: "q", Label: "姓名或用户名", Value: value}
}

func (v shownPeople) roleFilter(value string) list.Filter {
	f := list.Filter{Name: "role", Label: "岗位", Value: value}
	for _, role := range auth.Roles() {
		f.Options = append(f.Options, part.Option{Value: role, Label: v.role(v.ctx, role)})
	}
	slices.SortStableFunc(f.Options, func(a, b part.Option) int {
		return cmp.Compare(v.roles[a.Value].Position, v.roles[b.Value].Position)
	})
	return f
}

type choice struct {
	value string
	word  say.Key
}

func (v shownPeople) filter(name string, label say.Key, value string, all []choice) list.Filter {
	f := list.Filter{Name: name, Label: label, Value: value}
	for _, one := range all {
		f.Options = append(f.Options, part.Option{Value: one.value, Label: part.T(v.ctx, one.word)})
	}
	return f
}

var accountStates = []choice{{"usable", "可用"}, {"none", "没有账号"}, {"disabled", "已停用"}, {"locked", "已锁定"}}

// state is how the account stands.
func (p Managed) state() string {
	switch {
	case p.Login == "":
		return "none"
	case !p.Enabled:
		return "disabled"
	case p.Locked:
		return "locked"
	}
	return "usable"
}

func (p Managed) stateWord() say.Key {
	return accountStates[slices.IndexFunc(accountStates, func(c choice) bool { return c.value == p.state() })].word
}

func (p Managed) chip() string {
	if p.state() == "usable" {
		return "chip-proven"
	}
	return "chip-invalid"
}

// unreachable says that notices reach somebody in a post by the inbox alone.
func (p Managed) unreachable() bool { return p.Email == "" && len(p.Posts) > 0 }
