package part_test

// Every shared piece of a page looks as its golden file says, lets no hostile text through and repeats no secret; words
// read in both languages.

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"yipanqi/internal/quantity"
	"yipanqi/internal/web/part"
)

const nasty = `<script>alert("1")</script>`

var signedAt = time.Date(2019, 1, 8, 1, 30, 0, 0, time.UTC)

const digest = "5f0dc1b9e6a8b24e4b09d3d5b7b1c0a1de23aa0977b8a0c4d2f3e1908a7b6c5d"

// every part once, most with a hostile text in it.
func every() map[string]templ.Component {
	none := templ.NopComponent
	return map[string]templ.Component{
		"layout": with(part.Layout("总览"+nasty), templ.Raw("<p>页面</p>")),
		"bare":   with(part.Bare("登录"), none),
		"head":   with(part.Head("指标"+nasty, "2018年"), part.Link("导出", "/x?a=1&b=2")),
		"card":   with(part.Card("妇女与健康"+nasty), none),
		"card_with": with(part.CardWith("各区", "单位：%",
			part.Link("CSV", "javascript:alert(1)")), with(part.Body(), none)),
		"table": with(part.Table(part.Col{Label: "指标" + nasty}, part.Col{Label: "现值", Numeric: true}),
			templ.Raw("<tr><td>1</td></tr>")),
		"definitions": with(part.Definitions(), with(part.Definition("表号"+nasty), none)),
		"empty":       part.Empty("还没有报表", "报表下发后会列在这里。"+nasty, "看规划", "/plans"),
		"pager": part.Pager(part.PagerView{Page: 2, Pages: 3, Total: 41,
			URL: func(n int) string { return fmt.Sprint("/x?page=", n) }}),
		"progress": part.Progress(15, 16, "16个区中15个已报"),
		"copy":     part.Copy(nasty),
		"error":    part.ErrorPage(404, "没有这个指标。"+nasty, map[string]string{"b": "后", "a": "前"}),
		"form": with(part.Form("/units"), templ.Join(
			part.Field(part.FieldView{Name: "title", Label: "名称" + nasty, Value: "库里的",
				Help: "全称", Required: true}),
			part.Field(part.FieldView{Name: "note", Label: "说明", Type: "textarea", Value: "库里的", Rows: 3}),
			part.Field(part.FieldView{Name: "kind", Label: "类型", Value: "b",
				Options: []part.Option{{Value: "a", Label: "甲"}, {Value: "b", Label: "乙"}}}),
			part.Field(part.FieldView{Name: "phrase", Label: "签名口令", Type: "password"}),
			part.Submit("保存"))),
		"upload": with(part.UploadForm("/upload"),
			part.Field(part.FieldView{Name: "file", Label: "文件", Type: "file", Accept: ".xlsx"})),
		"do": part.Do(part.Button{Action: "/x/return", Label: "退回", Style: "danger",
			Confirm: "确定退回吗？" + nasty, Hidden: []part.Option{{Value: "version", Label: "3"}}}),
		"figure": part.Figure(part.FigureView{Text: quantity.Measured("16.50", quantity.AtLeast, "%"),
			Status: part.Incomplete,
			Origin: part.Simulated, ProofURL: "/proof?x=1&y=2", Note: "2018年", Large: true}),
		"figure_no": part.Figure(part.FigureView{Text: quantity.Written{Number: nasty}, Status: part.Proven,
			Origin:   part.Entered,
			ProofURL: "javascript:alert(1)"}),
		"lamps": each(func(kind string) templ.Component { return part.Lamp(kind, "由9.44提高到16.50"+nasty) },
			part.Met, part.OnPace, part.Behind, part.Worsening, part.NoTarget, part.TooFew, part.Short,
			part.BeforePlan, part.NoData, part.Incomplete),
		"statuses": each(part.StatusBadge, part.Proven, part.Incomplete, part.Unproven),
		"origins":  each(part.OriginBadge, part.Entered, part.Published, part.Simulated),
		"tiles": part.TileMap([]part.Tile{{Code: "01", Name: "甲区" + nasty, Row: 1, Col: 2, Text: "16.5%",
			Kind: part.Met, Hatched: true, URL: "/areas/01"},
			{Code: "02", Name: "乙区", Row: 12, Col: 12, Text: "未报"}}),
		"chart": part.Chart(part.ChartView{Title: "婚检率", Unit: "%",
			Periods: []string{"2017", "2018"}, Series: []part.Series{
				{Name: "全市" + nasty, Kind: "line",
					Points: []part.Point{{Value: "12.76", Text: "12.76%", Origin: part.Simulated}, {}}}}}),
		"signature": part.Signature(part.SignatureView{Role: "统计负责人", Name: "某人" + nasty, Post: "信息科",
			At: signedAt, Digest: digest, Valid: true, Kind: "纸质签字", Sample: true}),
		"signature_bad": part.Signature(part.SignatureView{Role: "单位负责人", Name: "某人", At: signedAt,
			Digest: digest, Problem: "内容被改动"}),
		"signature_open": part.Signature(part.SignatureView{Role: "单位负责人", Name: "等待签字"}),
		"steps": part.Steps([]part.Step{{Label: "填报" + nasty, State: part.StepDone},
			{Label: "签字", State: part.StepBack, Note: "退回"},
			{Label: "签字", State: part.StepCurrent}, {Label: "接收", State: part.StepNext}}),
		"grid": with(part.Grid(part.GridView{Action: "/s/1", Save: "/s/1/draft", Version: 3}),
			with(part.GridTable(part.Col{Label: "女", Numeric: true}), templ.Join(
				part.Cell(part.CellView{Key: "1.F", Label: "登记 女", Value: "12"}),
				part.Cell(part.CellView{Key: "2.F", Label: "检查 女", Value: "9", ReadOnly: true})))),
	}
}

func TestPartsLookAsBefore(t *testing.T) {
	t.Parallel()
	refused := env("zh")
	refused.Problem = "还不能保存。" + nasty
	refused.Fields = map[string]string{"title": "名称太短" + nasty, "phrase": "签名口令不对",
		"cells[1.F]": "只能填整数"}
	refused.Input = url.Values{"title": {nasty}, "kind": {"a"}, "phrase": {"secret phrase"}, "cells[1.F]": {"十二"}}
	all := every()
	names := slices.Sorted(maps.Keys(all))
	for file, c := range map[string]struct {
		env   part.Env
		parts []string
	}{"zh": {env("zh"), names}, "en": {env("en"), names}, "refused": {refused, []string{"form", "grid", "layout"}}} {
		var b strings.Builder
		for _, name := range c.parts {
			html := render(t, all[name], c.env)
			fmt.Fprintf(&b, "\n<!-- %s -->\n%s\n", name, regexp.MustCompile(`>\s*<`).ReplaceAllString(html, ">\n<"))
		}
		golden(t, file+".html", b.String())
	}
}

func TestPartsObeyTheContentPolicy(t *testing.T) {
	t.Parallel()
	forbidden := regexp.MustCompile(`(?i)\sstyle=|\son\w+=|<style|javascript:|<script(?:>| src="[^/])`)
	for name, c := range every() {
		html := render(t, c, env("zh"))
		if found := forbidden.FindString(html); found != "" {
			t.Errorf("%s: %q is forbidden by the content policy, or is an unescaped text:\n%s", name, found, html)
		}
	}
}

func TestRefusedFormNeverRepeatsASecret(t *testing.T) {
	t.Parallel()
	e := env("zh")
	e.Input = url.Values{"phrase": {"secret phrase"}}
	if html := render(t, every()["form"], e); strings.Contains(html, "secret phrase") {
		t.Errorf("the page shows a typed password:\n%s", html)
	}
}

func TestNavigationMarksTheClosestSection(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"/board": "/board", "/units/7": "/units",
		"/units": "/units", "/unitsx": "", "/": ""} {
		e := env("zh")
		e.Path = path
		found := regexp.MustCompile(`<a href="([^"]*)" class="active" aria-current="page"`).FindStringSubmatch(
			render(t, part.Layout("x"), e))
		got := ""
		if found != nil {
			got = found[1]
		}
		if got != want {
			t.Errorf("on %s the navigation marks %q, want %q", path, got, want)
		}
	}
}

func TestT(t *testing.T) {
	t.Parallel()
	zh, en := part.With(t.Context(), part.Env{Lang: "zh"}), part.With(t.Context(), part.Env{Lang: "en"})
	for _, c := range []struct{ got, want string }{
		{part.T(zh, "第%d页，共%d页，%d条", 1, 2, 30), "第1页，共2页，30条"},
		{part.T(en, "第%d页，共%d页，%d条", 1, 2, 30), "Page 1 of 2, 30 in all"},
		{part.T(en, "词典里没有的话%d", 5), "词典里没有的话5"},
		{part.T(zh, "提高了16.5%"), "提高了16.5%"},
		{part.T(context.Background(), "退出登录"), "退出登录"},
		{part.In("en", "退出登录"), "Sign out"},
		{part.Name(en, "朝阳区", "Chaoyang"), "Chaoyang"},
		{part.Name(en, "朝阳区", ""), "朝阳区"},
		{part.Name(zh, "朝阳区", "Chaoyang"), "朝阳区"},
		{part.When(signedAt), "2019-01-08 09:30"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func env(lang string) part.Env {
	return part.Env{Lang: lang, Path: "/units/7", Sample: true, Flash: "已保存" + nasty,
		User:  &part.UserChip{Name: "某人" + nasty, Unit: "市妇儿工委办"},
		Nav:   []part.NavItem{{Label: "总览", URL: "/board"}, {Label: "单位", URL: "/units", Count: 3}},
		Asset: func(name string) string { return "/assets/" + name }}
}

func with(c, children templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return c.Render(templ.WithChildren(ctx, children), w)
	})
}

func each(c func(string) templ.Component, kinds ...string) templ.Component {
	var all []templ.Component
	for _, kind := range kinds {
		all = append(all, c(kind))
	}
	return templ.Join(all...)
}

func render(t *testing.T, c templ.Component, e part.Env) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(part.With(t.Context(), e), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	have, kept := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i, line := range have {
		if i >= len(kept) || line != kept[i] {
			t.Fatalf("%s:%d has changed to\n%s\nif it should: go test ./internal/web/part -update", file, i+1, line)
		}
	}
	if len(have) < len(kept) {
		t.Errorf("%s:%d and on is no longer there", file, len(have)+1)
	}
}

func TestUnitsAndManyInEnglish(t *testing.T) {
	t.Parallel()
	en, zh := part.With(context.Background(), part.Env{Lang: "en"}),
		part.With(context.Background(), part.Env{Lang: "zh"})
	for _, c := range []struct{ got, want string }{
		{part.Unit(en, "个", ""), ""}, {part.Unit(en, "人", ""), "persons"},
		{part.Unit(en, "人", "patients"), "patients"},
		{part.Unit(en, "亩", ""), "亩"}, {part.Unit(zh, "个", ""), "个"},
		{part.Unit(en, "1/10万", "per 100,000"), "per 100,000"},
		{part.Many(en, "区", "District"), "districts"}, {part.Many(en, "县", "County"), "counties"},
		{part.Many(zh, "区", "District"), "区"}, {part.Many(en, "区", ""), "区"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// Days and lamps inside a sentence read as the language writes them.
func TestWordsInsideSentences(t *testing.T) {
	zh := part.With(context.Background(), part.Env{Lang: "zh"})
	en := part.With(context.Background(), part.Env{Lang: "en"})
	for _, c := range []struct{ got, want string }{
		{part.MonthDay(zh, "01-31"), "1月31日"},
		{part.MonthDay(en, "01-31"), "31 January"},
		{part.MonthDay(zh, "13-40"), "13-40"},
		{part.LampWord(zh, part.Short), "未达标"},
		{part.LampWord(en, part.Short), "short of target"},
		{part.LampWord(en, "other"), "other"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
