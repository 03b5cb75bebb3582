package evidence_test

// A file that proves something stays listed with why it ended, says nothing of where a picture was taken, is what its
// name says, and every edit of its row is found.

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var clerk = auth.User{ID: "p1", Name: "统计员甲"}

func file(name, field string) evidence.File {
	return evidence.File{Object: "submission/1", Field: field, Digest: strings.Repeat("ab", 32), Name: name,
		MediaType: "application/pdf", Size: 7, Unit: "卫生局"}
}

func TestWhatWasReplacedOrWithdrawnStaysListed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			first, err := evidence.Attach(tx, clerk, file("一.pdf", "1.F"))
			must(t, err)
			second := file("二.pdf", "1.F")
			second.Digest, second.Replaces = strings.Repeat("cd", 32), first.ID
			second, err = evidence.Attach(tx, clerk, second)
			must(t, err)
			_, err = evidence.Withdraw(tx, clerk, "submission/1", second.ID, "传错了")
			must(t, err)
			all, err := evidence.Of(tx, "submission/1")
			must(t, err)
			if len(all) != 2 || all[0].Current() || all[1].Current() {
				t.Fatalf("files are %+v, want both listed and ended", all)
			}
			if all[0].EndedReason != "由“二.pdf”替换" || all[1].EndedReason != "传错了" ||
				all[1].EndedBy != "统计员甲" {
				t.Errorf("why they ended: %q, %q by %q", all[0].EndedReason, all[1].EndedReason, all[1].EndedBy)
			}
			_, err = evidence.Withdraw(tx, clerk, "submission/1", second.ID, "再撤")
			if errs.KindOf(err) != errs.Conflict {
				t.Errorf("withdrawn twice: %v", err)
			}
			_, err = evidence.Withdraw(tx, clerk, "submission/2", first.ID, "别处")
			if errs.KindOf(err) != errs.Missing {
				t.Errorf("withdrawn from another thing: %v", err)
			}
			return nil
		}))
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			findings, err := evidence.Verify(tx)
			if len(findings) > 0 {
				t.Errorf("honest files have findings: %+v", findings)
			}
			return err
		}))
	})
}

func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			_, err := evidence.Attach(tx, clerk, file("一.pdf", ""))
			must(t, err)
			if _, err := evidence.Attach(tx, clerk, file("又一.pdf", "")); errs.KindOf(err) != errs.Conflict {
				t.Errorf("the same content for the same field twice: %v", err)
			}
			long := file("二.pdf", "2.F")
			long.Note = strings.Repeat("长", 501)
			if _, err := evidence.Attach(tx, clerk, long); errs.KindOf(err) != errs.Invalid {
				t.Errorf("a note of 501 characters: %v", err)
			}
			if _, err := evidence.Withdraw(tx, clerk, "submission/1", "x", "  "); errs.KindOf(err) != errs.Invalid {
				t.Errorf("withdrawn without a reason: %v", err)
			}
			return nil
		}))
	})
}

func TestEditedRowsAreFound(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			for _, field := range []string{"1.F", "2.F", "3.F"} {
				f, err := evidence.Attach(tx, clerk, file("一.pdf", field))
				must(t, err)
				if field == "2.F" {
					_, err = evidence.Withdraw(tx, clerk, f.Object, f.ID, "不用了")
					must(t, err)
				}
			}
			return nil
		}))
		dbtest.Outside(t, d, `UPDATE evidence SET digest = 'other' WHERE field = '1.F'`,
			`UPDATE evidence SET ended_at = NULL, ended_by = '', ended_reason = '' WHERE field = '2.F'`,
			`DELETE FROM evidence WHERE field = '3.F'`)
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			found, err := evidence.Verify(tx)
			columns := map[string]bool{}
			for _, f := range found {
				columns[f.Column] = true
			}
			for _, want := range []string{"digest", "ended_at", "ended_by", "ended_reason", "id"} {
				if !columns[want] {
					t.Errorf("an edit of %s was not found: %+v", want, found)
				}
			}
			return err
		}))
	})
}

func TestOnlyWhatItSaysItIsIsTaken(t *testing.T) {
	t.Parallel()
	pdf := []byte("%PDF-1.7 …")
	const types = "[Content_Types].xml"
	for name, c := range map[string]struct {
		name string
		body []byte
		says string
	}{
		"empty":          {"a.pdf", nil, "0字节"},
		"forbidden":      {"a.exe", pdf, "只收"},
		"no ending":      {"pdf", pdf, "只收"},
		"another inside": {"a.jpg", pdf, "不符"},
		"cut picture":    {"a.jpg", []byte("\xff\xd8\xff\xe1\xff"), "损坏"},
		"cut png":        {"a.png", []byte("\x89PNG\r\n\x1a\n\x00\x00\xff\xffIDAT"), "损坏"},
		"an archive":     {"a.docx", archive(t, "setup.exe", "MZ"), "不符"},
		"a cut archive":  {"a.xlsx", archive(t, types, "spreadsheetml.sheet.main")[:40], "不符"},
		"other office":   {"a.docx", archive(t, types, "spreadsheetml.sheet.main+xml"), "不符"},
		"macros":         {"a.docx", archive(t, types, "ms-word.document.macroEnabled.main+xml"), "不符"},
		"no OFD":         {"a.ofd", archive(t, types, "wordprocessingml.document.main+xml"), "不符"},
		"too large":      {"a.pdf", append(pdf, make([]byte, evidence.MaxSize)...), "20 MB"},
	} {
		_, _, err := evidence.Accepted(c.name, c.body, false)
		if errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want a refusal that says %s", name, err, c.says)
		}
	}
	for name, c := range map[string]struct {
		body  []byte
		media string
	}{
		"报告.PDF":  {pdf, "pdf"},
		"报告.docx": {archive(t, types, "wordprocessingml.document.main+xml"), "wordprocessingml.document"},
		"表.xlsx":  {archive(t, `\[content_types].xml`, "spreadsheetml.sheet.main+xml"), "spreadsheetml.sheet"},
		"公文.ofd":  {archive(t, "OFD.xml", "<ofd:OFD/>"), "ofd"},
	} {
		if _, media, err := evidence.Accepted(name, c.body, false); err != nil || !strings.HasSuffix(media, c.media) {
			t.Errorf("%s is %q, %v", name, media, err)
		}
	}
}

// archive is a ZIP file with one part.
func archive(t *testing.T, part, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(part)
	must(t, err)
	_, err = w.Write([]byte(text))
	must(t, err)
	must(t, z.Close())
	return b.Bytes()
}

func FuzzAccepted(f *testing.F) {
	f.Add("a.jpg", append([]byte{0xff, 0xd8}, exif(3)...))
	f.Add("a.png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x00IEND\xaeB`\x82"))
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		clean, _, err := evidence.Accepted(name, body, false)
		if err == nil && len(clean) > len(body)+36 {
			t.Errorf("%d bytes became %d", len(body), len(clean))
		}
	})
}

func TestNamesAreCleaned(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"报告.pdf":                          "报告.pdf",
		`C:\共享\报告.pdf`:                    "报告.pdf",
		"../../etc/passwd":                "passwd",
		"发票\u202efdp.exe":                 "发票fdp.exe", // not turned around
		" 两 边\n.pdf\x00":                  "两 边.pdf",
		strings.Repeat("长", 300) + ".pdf": strings.Repeat("长", 80) + "…" + strings.Repeat("长", 35) + ".pdf",
	} {
		got := evidence.CleanName(name)
		if got != want || utf8.RuneCountInString(got) > 120 {
			t.Errorf("%q is kept as %q, want %q", name, got, want)
		}
	}
}
