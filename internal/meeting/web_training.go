package meeting

// Training: who still needs which, and the records; what was decided across meetings, and who comes to them.

import (
	"context"
	"maps"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func trainingRoutes(m *web.Mux) {
	web.View(m, "GET /trainings 看应训名单", VerbTrainings, showNeeds, needsPage)
	web.View(m, "GET /trainings/records 看培训记录", VerbTrainings, showRecords, recordsPage)
	web.View(m, "GET /trainings/document 下载应训名单（.docx）", VerbTrainings, needsFile, nil)
	web.Form(m, "POST /meetings/{id}/scores 登记测试成绩", VerbScore, setScores, show, showPage)
}

// needsData is who owes a training.
type needsData struct {
	Items   []Owed `json:"needs"`
	Trained Share  `json:"trained"` // posts trained since opening, of posts owing
	Needed  []Need `json:"table"`   // which role needs what
	list.Shown[Owed]
	body string
}

type needsInput struct {
	Show string `json:"show" enum:"owing,all" doc:"Which of them are wanted, as the page offers."`
	Body string `json:"body" doc:"Code of a body: of its members alone."`
	Role string `json:"role"`
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

// owingIn are the posts that owe training: of a body and its members, or of all that the reader sees.
func owingIn(r *web.Request, body string) ([]Owed, list.Filter, error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	of := list.Filter{Name: "body", Label: "机构", Value: body}
	bodies, err := network.SeenBodies(r.Tx, r.User)
	if err != nil {
		return nil, of, err
	}
	for _, u := range bodies {
		of.Options = append(of.Options, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
	}
	if body == "" {
		all, err := Owing(r.Tx, r.User)
		return all, of, err
	}
	if !slices.ContainsFunc(bodies, func(u network.Unit) bool { return u.Code == body }) {
		return nil, of, errs.In("body", errs.Missingf("没有找到这个机构，或者它不在您的工作范围内。"))
	}
	all, err := OwingOf(r.Tx, r.User, body)
	return all, of, err
}

func showNeeds(r *web.Request, in needsInput) (d needsData, err error) {
	all, body, err := owingIn(r, in.Body)
	if err != nil {
		return d, err
	}
	if d.Needed, err = Needs(r.Tx); err != nil {
		return d, err
	}
	labels, err := network.Labels(r.Tx, "role")
	if err != nil {
		return d, err
	}
	d.Trained, d.body = trained(all), in.Body
	kept := slices.DeleteFunc(slices.Clone(all), func(o Owed) bool {
		return in.Show != "all" && o.Trained() || in.Role != "" && o.Role != in.Role
	})
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	roles := list.Filter{Name: "role", Label: "岗位", Value: in.Role}
	for _, role := range auth.Roles() {
		if slices.ContainsFunc(d.Needed, func(n Need) bool { return n.Role == role }) {
			roles.Options = append(roles.Options, part.Option{Value: role, Label: roleName(ctx, labels, role)})
		}
	}
	show := list.Filter{Name: "show", Label: "显示", Value: in.Show, Must: true, Options: []part.Option{
		{Value: "", Label: part.T(ctx, "还没有培训的")}, {Value: "all", Label: part.T(ctx, "全部应训岗位")}}}
	at := list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{show, body, roles}}
	d.Items, d.Shown, err = needsList(d, labels).Sorted(r, at, kept)
	if d.Items == nil {
		d.Items = []Owed{}
	}
	return d, err
}

func needsList(d needsData, labels map[string]network.Label) list.List[Owed] {
	return list.List[Owed]{Path: "/trainings", File: "training-needs", Title: "应训名单", Size: 50,
		Intro: say.New("到岗以后还没有参加岗位所需培训的人员；已训%d，应训%d。", d.Trained.Part, d.Trained.Of),
		Above: needsTable(d.Needed, labels), Actions: needsLinks(d.body),
		Empty: list.Empty{Title: "没有应训未训的人员", Next: "到岗后参加了岗位所需培训的，不在这里；见培训记录。",
			Label: "培训记录",
			URL:   "/trainings/records"},
		Columns: []list.Column[Owed]{
			{Name: "person", Label: "姓名", Compare: func(a, b Owed) int { return strings.Compare(a.Person, b.Person) },
				Text: func(ctx context.Context, o Owed) string { return part.Name(ctx, o.Person, o.PersonEN) }},
			{Name: "unit", Label: "单位", Compare: func(a, b Owed) int { return strings.Compare(a.Unit, b.Unit) },
				Text: func(ctx context.Context, o Owed) string { return part.Name(ctx, o.UnitName, o.UnitEN) }},
			{Name: "role", Label: "岗位", Compare: func(a, b Owed) int { return strings.Compare(a.Role, b.Role) },
				Text: func(ctx context.Context, o Owed) string { return roleName(ctx, labels, o.Role) }},
			{Name: "since", Label: "到岗日期", Newest: true,
				Compare: func(a, b Owed) int { return strings.Compare(a.Since, b.Since) },
				Text:    func(_ context.Context, o Owed) string { return o.Since }},
			{Name: "missing", Label: "还缺的培训", Text: func(ctx context.Context, o Owed) string {
				return subjectWords(ctx,
					o.Subjects)
			}},
			{Name: "needed", Label: "岗位所需",
				Text: func(ctx context.Context, o Owed) string { return subjectWords(ctx, o.Needed) }},
		}}
}

func subjectWords(ctx context.Context, codes []string) string {
	all := make([]string, len(codes))
	for i, code := range codes {
		all[i] = part.T(ctx, wordOf(subjects, code))
	}
	return part.Join(ctx, all)
}

// recordsData is who was trained in what.
type recordsData struct {
	Items []TrainingRecord `json:"records"`
	list.Shown[TrainingRecord]
}

type recordsInput struct {
	Subject string `json:"subject" enum:"duties,statistics,gender,assessment,supervision,system" doc:"Subject of training."`
	Meeting string `json:"meeting" doc:"Identifier of a meeting whose records are wanted."`
	Sort    string `json:"sort"`
	Page    int    `json:"page"`
}

// Records are the records of training of units that by may see, and of the meetings that by holds.
func Records(tx *db.Tx, by auth.User) ([]TrainingRecord, error) {
	all, err := trainings(tx)
	if err != nil {
		return nil, err
	}
	own, err := speaksFor(tx, by)
	return slices.DeleteFunc(all, func(t TrainingRecord) bool {
		_, mine := own[t.Unit]
		return !mine && !by.Sees(t.Unit, t.AreaPath)
	}), err
}

func showRecords(r *web.Request, in recordsInput) (d recordsData, err error) {
	if in.Meeting != "" {
		if _, err := Read(r.Tx, r.User, in.Meeting); err != nil {
			return d, errs.In("meeting", err)
		}
	}
	all, err := Records(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	kept := slices.DeleteFunc(all, func(t TrainingRecord) bool {
		return in.Subject != "" && !slices.Contains(t.Subjects, in.Subject) || in.Meeting != "" &&
			t.Meeting != in.Meeting
	})
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	of := list.Filter{Name: "subject", Label: "培训内容", Value: in.Subject}
	for _, s := range subjects {
		of.Options = append(of.Options, part.Option{Value: s.Code, Label: part.T(ctx, s.Word)})
	}
	at := list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{of,
		{Name: "meeting", Value: in.Meeting, Hidden: true}}}
	d.Items, d.Shown, err = recordsList().Sorted(r, at, kept)
	if d.Items == nil {
		d.Items = []TrainingRecord{}
	}
	return d, err
}

func recordsList() list.List[TrainingRecord] {
	text := func(of func(TrainingRecord) string) func(context.Context, TrainingRecord) string {
		return func(_ context.Context, t TrainingRecord) string { return of(t) }
	}
	by := func(of func(TrainingRecord) string) func(a, b TrainingRecord) int {
		return func(a, b TrainingRecord) int { return strings.Compare(of(a), of(b)) }
	}
	name := func(t TrainingRecord) string { return t.Person }
	on := func(t TrainingRecord) string { return t.On }
	return list.List[TrainingRecord]{Path: "/trainings/records", File: "training-records", Title: "培训记录", Size: 50,
		Intro:   say.New("由培训议程和签到生成，不用填写。"),
		Actions: trainingLinks("/trainings", "应训名单"),
		Empty: list.Empty{Title: "还没有培训记录", Next: "有培训议程的会议召开后，到会的人列在这里。", Label: "会议",
			URL: "/meetings"},
		Columns: []list.Column[TrainingRecord]{
			{Name: "person", Label: "姓名", Text: text(name), Compare: by(name)},
			{Name: "post", Label: "职务", Text: text(func(t TrainingRecord) string { return t.Post })},
			{Name: "unit", Label: "单位", Compare: by(func(t TrainingRecord) string { return t.Unit }),
				Text: func(ctx context.Context, t TrainingRecord) string {
					return part.Name(ctx, t.UnitName,
						t.UnitEN)
				}},
			{Name: "on", Label: "日期", Newest: true, Text: text(on), Compare: by(on)},
			{Name: "meeting", Label: "会议", Text: text(func(t TrainingRecord) string { return t.Title }),
				URL: func(t TrainingRecord) string { return "/meetings/" + t.Meeting }},
			{Name: "content", Label: "内容",
				Text: func(ctx context.Context, t TrainingRecord) string { return subjectWords(ctx, t.Subjects) }},
			{Name: "hours", Label: "学时", Numeric: true, Text: text(func(t TrainingRecord) string { return t.Hours })},
			{Label: "讲师", Saved: true, Text: text(func(t TrainingRecord) string { return t.Teacher })},
			{Name: "score", Label: "测试", Numeric: true, Text: text(func(t TrainingRecord) string { return t.Score })},
		}}
}

type scoresInput struct {
	ID    string            `json:"id"`
	Item  string            `json:"item" doc:"Identifier of the item of training."`
	Score map[string]string `json:"score" doc:"Points of the test, by the attendee's identifier."`
}

// scored are the points of one as they stand, or as they were sent and refused.
func scored(ctx context.Context, sent bool, field, stands string) string {
	if sent {
		return part.From(ctx).Input.Get(field)
	}
	return stands
}

func setScores(r *web.Request, in scoresInput) (web.Done[saved], error) {
	of, m, err := readItem(r.Tx, r.User, in.Item)
	switch {
	case err == nil && m.ID != in.ID:
		err = errs.Missingf("没有找到这项培训议程。请刷新页面看看。")
	case err == nil && of.Kind != train:
		err = errs.Conflictf("这项议程不是培训，没有成绩可登记。")
	}
	if err != nil {
		return web.Done[saved]{}, err
	}
	for _, attendee := range slices.Sorted(maps.Keys(in.Score)) {
		if _, err := SetScore(r.Tx, r.User, in.ID, in.Item, attendee, in.Score[attendee]); err != nil {
			return web.Done[saved]{}, err
		}
	}
	m, err = Read(r.Tx, r.User, in.ID)
	return done(r, m, "成绩已登记。"), err
}
