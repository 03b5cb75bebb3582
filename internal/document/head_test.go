package document_test

// Marks, numbers and imprints of the three forms of GB/T 9704-2012 stand where the standard says, measured on printed
// pages: 7.2 (general), 10.1 (letter), 10.3 (minutes). The text area is measured in layout_test.go.

import (
	"strings"
	"testing"

	"yipanqi/internal/document"
	"yipanqi/internal/document/doctest"
)

// glyph is how much higher than its characters Poppler's box of a font may be.
const glyph = 6.0

func official(form document.Form, head string) document.Document {
	return document.Document{Form: form, Head: head, Title: "关于测量版式的通知", Number: "演示〔2024〕1号",
		Recipient: "各成员单位", Issuer: "示范市演示委员会办公室", Date: "2024年3月15日", Sample: "演示样稿",
		Copies: "市演示委员会，各区演示委员会", Printer: "示范市演示委员会办公室", PrintedOn: "2024年3月15日",
		Blocks: []document.Block{document.Text(strings.Repeat("天地玄黄宇宙洪荒。", 70))}}
}

func TestGeneralForm(t *testing.T) {
	t.Parallel()
	const head = "示范市演示委员会办公室文件"
	ps := pages(t, official(document.General, head))
	mark, number, title := find(t, ps[0], head), find(t, ps[0], "演示〔2024〕1号"), find(t, ps[0], "关于测量版式的通知")
	near(t, "the top of the mark", mark.Top, top+35*mm, glyph)
	near(t, "the middle of the mark", (mark.Left+mark.Right)/2, (left+right)/2, mm)
	near(t, "the middle of the number", (number.Left+number.Right)/2, (left+right)/2, mm)
	if number.Top < mark.Bottom || title.Top < number.Bottom+2*mm {
		t.Errorf("mark, number and title are not one below the other: %v %v %v", mark, number, title)
	}
	last := ps[len(ps)-1]
	printed := find(t, last, "2024年3月15日印发")
	if date := find(t, last, "2024年3月15日"); printed.Top < date.Bottom {
		t.Error("the imprint does not stand below the date")
	}
	copies := find(t, last, "抄送：市演示委员会，各区演示委员会。")
	near(t, "the start of the copies", copies.Left, left+14, 8)
	sample(t, ps)
}

func TestLetterForm(t *testing.T) {
	t.Parallel()
	const head = "示范市演示委员会办公室"
	ps := pages(t, official(document.Letter, head))
	name, number := find(t, ps[0], head), find(t, ps[0], "演示〔2024〕1号")
	near(t, "the top of the issuer's name", name.Top, 30*mm, glyph)
	near(t, "the middle of the issuer's name", (name.Left+name.Right)/2, 105*mm, mm)
	near(t, "the end of the number", number.Right, right, 1)
	if gap := number.Top - name.Bottom; gap < 4*mm || gap > 14*mm {
		t.Errorf("the number stands %.1f pt below the name", gap)
	}
	if strings.Contains(ps[0].Text(), "—1—") || !strings.Contains(ps[1].Text(), "—2—") {
		t.Error("the first page has a number, or the second has none")
	}
	last := ps[len(ps)-1].Text()
	if strings.Contains(last, "印发") || !strings.Contains(last, "抄送：市演示委员会") {
		t.Errorf("the imprint is not copies alone: %s", last)
	}
	sample(t, ps)
}

func TestMinutesForm(t *testing.T) {
	t.Parallel()
	d := official(document.Minutes, "示范市演示委员会会议纪要")
	d.Recipient, d.Issuer, d.Date = "", "", ""
	d.People = []document.People{{"出席", "某甲、某乙"}, {"请假", "某丙"}, {"列席", "某丁"}}
	ps := pages(t, d)
	mark := find(t, ps[0], d.Head)
	near(t, "the top of the mark", mark.Top, top+35*mm, glyph)
	at := 0.0
	for _, text := range []string{"出席：某甲、某乙", "请假：某丙", "列席：某丁"} {
		l := find(t, ps[len(ps)-1], text)
		near(t, "the indent of "+text, l.Left-left, 32, 1)
		if l.Top <= at {
			t.Errorf("%s stands above the list before it", text)
		}
		at = l.Top
	}
	sample(t, ps)
}

// sample: the mark stands on every page.
func sample(t *testing.T, ps []doctest.Page) {
	t.Helper()
	if len(ps) < 2 {
		t.Fatalf("%d pages, want two or more", len(ps))
	}
	for i, p := range ps {
		if mark := find(t, p, "演示样稿"); mark.Bottom > top {
			t.Errorf("the sample mark of page %d stands in the text", i+1)
		}
	}
}

// A long name is set smaller and stays on its line.
func TestALongMarkStaysOnItsLine(t *testing.T) {
	t.Parallel()
	head := "示范市示范县示范乡妇女儿童发展规划协调议事委员会办公室文件"
	for _, form := range []document.Form{document.General, document.Letter} {
		find(t, pages(t, official(form, head))[0], head)
	}
}
