package letter_test

// Each kind is printed in its form; what a sample prints says so on every page. How the forms measure: package
// document.

import (
	"testing"

	"yipanqi/internal/document"
	"yipanqi/internal/letter"
)

func TestKindsHaveTheirForms(t *testing.T) {
	t.Parallel()
	c := letter.Content{Title: "关于报送材料的函", Issuer: letter.Named{Name: "示范市妇儿工委办"},
		Main: []letter.Named{{Name: "甲局"}, {Name: "乙局"}}, Copies: []letter.Named{{Name: "丙局"}}, Sample: true,
		Body: "请报送材料。\n一、范围\n（一）材料\n共两类；分别报送。"}
	for kind, want := range map[letter.Kind]document.Document{
		letter.KindLetter: {Form: document.Letter, Head: "示范市妇儿工委办", Recipient: "甲局、乙局", Copies: "丙局"},
		letter.KindNotice: {Form: document.General, Head: "示范市妇儿工委办文件", Recipient: "甲局、乙局",
			Copies: "丙局"},
		letter.KindMinutes: {Form: document.Minutes, Head: "示范市妇儿工委办纪要",
			Copies: "甲局，乙局，丙局"},
	} {
		c.Kind = kind
		d := letter.Print(c, "演示〔2024〕1号", "2024-03-05")
		if d.Form != want.Form || d.Head != want.Head || d.Recipient != want.Recipient || d.Copies != want.Copies ||
			d.Sample != "演示样稿" || d.Date != "2024年3月5日" || d.Number != "演示〔2024〕1号" {
			t.Errorf("%s is printed as %+v", kind, d)
		}
		if len(d.Blocks) != 4 || d.Blocks[1] != (document.Heading{Level: 1, Text: "一、范围"}) ||
			d.Blocks[2] != (document.Heading{Level: 2, Text: "（一）材料"}) {
			t.Errorf("%s has the blocks %+v", kind, d.Blocks)
		}
	}
}
